// Leaves a complaint at once, and leaves nothing behind: what was written is deleted, and the page is replaced, so that
// «back» does not return to it. Without script the form does the same with one page more in between.
document.getElementById('leave')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  navigator.sendBeacon(form.action, new FormData(form));
  for (const other of document.forms) other.reset();
  location.replace(form.dataset.to);
});
