// Passkeys. Shows the form that is hidden without this script, asks the browser's authenticator when it is sent, puts the answer into the
// form's hidden fields, sends it. Nothing is fetched, nothing is kept.
(() => {
  'use strict';
  const form = document.querySelector('form[data-passkey]');
  if (!form || !window.isSecureContext || !window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const { passkey, challenge, party, user, name, known } = form.dataset;
  const failed = form.querySelector('[data-failed]');
  const button = form.querySelector('button');

  const signIn = async () => {
    const { rawId, response } = await navigator.credentials.get({
      publicKey: { challenge: bytes(challenge), rpId: party, userVerification: 'required', timeout: 300000 },
    });
    return {
      id: text(rawId),
      client: text(response.clientDataJSON),
      auth: text(response.authenticatorData),
      signature: text(response.signature),
      user: response.userHandle ? text(response.userHandle) : '',
    };
  };

  const create = async () => {
    const { rawId, response } = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(challenge),
        rp: { id: party, name: party },
        user: { id: bytes(user), name, displayName: name },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        excludeCredentials: known ? known.split(',').map((id) => ({ type: 'public-key', id: bytes(id) })) : [],
        attestation: 'none',
        timeout: 300000,
      },
    });
    return {
      id: text(rawId),
      client: text(response.clientDataJSON),
      auth: text(response.getAuthenticatorData()),
      key: text(response.getPublicKey()),
      algorithm: String(response.getPublicKeyAlgorithm()),
    };
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    try {
      const answer = await (passkey === 'create' ? create() : signIn());
      for (const [field, value] of Object.entries(answer)) form.elements[field].value = value;
      form.submit();
    } catch {
      // The person said no, waited too long, or there is no passkey here.
      failed.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });

  for (const element of document.querySelectorAll('[data-without-passkeys]')) element.hidden = true;
  form.hidden = false;
})();
