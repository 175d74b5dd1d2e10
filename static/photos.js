// Makes photos small before they leave the phone: 1280 px, JPEG. What the camera wrote about place and time stays behind.
// Without it photos are sent as they are, and the server does the same.
(() => {
  const LONGEST = 1280;
  const SMALL = 250_000;
  if (!window.createImageBitmap || !window.DataTransfer) return;
  for (const input of document.querySelectorAll('input[type=file][data-smaller]')) {
    let work = Promise.resolve();
    let busy = 0;
    input.addEventListener('change', () => { busy++; work = work.then(() => shrinkAll(input)).catch(() => undefined).finally(() => { busy--; }); });
    input.form?.addEventListener('submit', (event) => {
      if (!busy || event.defaultPrevented) return;
      event.preventDefault();
      const { submitter } = event;
      work.then(() => input.form.requestSubmit(submitter));
    });
  }

  async function shrinkAll(input) {
    const files = [...input.files];
    const made = await Promise.all(files.map((it) => (/^image\/(?!gif|svg)/.test(it.type) ? shrink(it).catch(() => it) : it)));
    if (made.every((it, at) => it === files[at])) return;
    const moved = new DataTransfer();
    for (const it of made) moved.items.add(it);
    input.files = moved.files;
    tell(input, size(files), size(made));
  }

  async function shrink(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.7, 0.5]) {
      const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', quality); });
      if (blob && (blob.size <= SMALL || quality === 0.5)) return new File([blob], 'photo.jpg', { type: 'image/jpeg' });
    }
    return file;
  }

  const size = (files) => Math.max(1, Math.round(files.reduce((sum, it) => sum + it.size, 0) / 1024));

  function tell(input, from, to) {
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const line = input.parentNode.querySelector('[role=status]') ?? input.parentNode.appendChild(Object.assign(document.createElement('p'), { className: 'sm mute' }));
    line.setAttribute('role', 'status');
    line.textContent = input.dataset.smaller.replace('%from%', number.format(from)).replace('%to%', number.format(to));
  }
})();
