// Asks the device for a passkey and hands its answer to the form around it. Without passkeys the form stays hidden.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  for (const box of document.querySelectorAll('[data-passkey]')) {
    const options = JSON.parse(box.dataset.passkey);
    const form = box.querySelector('form');
    const failed = box.querySelector('[data-passkey-failed]');
    box.hidden = false;
    form.addEventListener('submit', async (event) => {
      if (form.response.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        form.response.value = JSON.stringify(options.make ? await make(options) : await show(options));
        form.requestSubmit();
      } catch {
        failed.hidden = false;
      }
    });
  }

  async function make({ challenge, rpId, user, exclude }) {
    const credential = await navigator.credentials.create({ publicKey: {
      challenge: bytes(challenge), rp: { id: rpId, name: 'Abwab' }, user: { id: bytes(user.id), name: user.name, displayName: user.name },
      pubKeyCredParams: [{ type: 'public-key', alg: -8 }, { type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      excludeCredentials: exclude.map((id) => ({ type: 'public-key', id: bytes(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' }, attestation: 'none',
    } });
    const { response } = credential;
    const transports = response.getTransports ? response.getTransports() : [];
    return plain(credential, { attestationObject: text(response.attestationObject), transports });
  }

  async function show({ challenge, rpId }) {
    const credential = await navigator.credentials.get({ publicKey: { challenge: bytes(challenge), rpId, userVerification: 'required' } });
    const { response } = credential;
    const userHandle = response.userHandle ? { userHandle: text(response.userHandle) } : {};
    return plain(credential, { authenticatorData: text(response.authenticatorData), signature: text(response.signature), ...userHandle });
  }

  function plain(credential, response) {
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {},
      response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
    };
  }
})();
