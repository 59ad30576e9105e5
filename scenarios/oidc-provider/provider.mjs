// A real OpenID Connect provider (oidc-provider) with the claims of Pro Santé Connect and people who sign in by themselves.
// node provider.mjs REDIRECT_URI…  →  prints {"issuer": …} when it listens. `login_hint` chooses the account. Test identities only.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const redirectUris = process.argv.slice(2);

// The clock of the installation, when that one is moved: the seconds that a file holds, read at each question.
if (process.env.CLOCK_SHIFT) {
  const machine = Date.now;
  Date.now = () => machine() + 1000 * Number(readFileSync(process.env.CLOCK_SHIFT, 'utf8'));
}

const doctor = {
  SubjectNameID: '810001234567',
  SubjectRole: ['10^1.2.250.1.71.1.2.7', 'SM26^1.2.250.1.71.4.2.5'],
  Secteur_Activite: 'SA07^1.2.250.1.71.4.2.4',
  SubjectOrganization: 'CABINET FICTIF DES LILAS',
  SubjectOrganizationID: '1120456789',
  Acces_Regulation_Medicale: 'FAUX',
  family_name: 'FICTIVE',
  given_name: 'Solange',
};
const without = (claim) => Object.fromEntries(Object.entries(doctor).filter(([name]) => name !== claim));

// What the people of this provider are: claims, and the level that they sign in with.
const accounts = {
  doctor: { claims: doctor, acr: 'eidas1' },
  card: { claims: doctor, acr: 'eidas3' },
  roleless: { claims: without('SubjectRole'), acr: 'eidas1' },
  homeless: { claims: without('SubjectOrganizationID'), acr: 'eidas1' },
  nameless: { claims: without('family_name'), acr: 'eidas1' },
  weak: { claims: doctor, acr: 'eidas0' },
  // A person: no claim but the number of a test identity (Claire), which the installation may or may not trust.
  person: { claims: { ins: '1.2.250.1.213.1.4.10|258033523890052' }, acr: 'eidas1' },
  unreadable: { claims: { ...doctor, SubjectNameID: 'solange.fictive' }, acr: 'eidas1' },
};

// Users of a hospital: the number that its directory knows them by, and how they signed in.
const user = (number, amr, more) => ({ claims: { employee_number: number, ...more }, acr: 'eidas2', amr });
Object.assign(accounts, {
  // The provider boasts: what it says of a user besides the number is not asked for.
  bea: user('E-11', ['pwd', 'otp', 'mfa'], { ...doctor, given_name: 'Docteur', family_name: 'VANTARD' }),
  carl: user('E-12', ['mfa']),
  dora: user('E-13', ['mfa']),
  nobody: user('E-99', ['mfa']),
  unnumbered: user(undefined, ['mfa']),
  password: user('E-11', ['pwd']),
});

// People of the insurer: what they may do stands in their groups.
const insured = (number, groups, amr, more) => ({ claims: { employee_number: number, groups, given_name: 'Ana', family_name: 'GUICHET-ESSAI', ...more }, acr: 'eidas2', amr });
Object.assign(accounts, {
  ana: insured('71', ['liquidation', 'dmp-guichet'], ['pwd', 'mfa']),
  bob: insured('72', ['dmp-guichet'], ['mfa'], { given_name: 'Bob' }),
  clerk: insured('73', ['liquidation', 'dmp-guichet-lecture'], ['mfa']),
  left: insured('74', undefined, ['mfa']),
  unnamed: insured('75', ['dmp-guichet'], ['mfa'], { family_name: undefined }),
  pwd: insured('71', ['dmp-guichet'], ['pwd']),
});

const keys = await generateKeyPair('RS256', { extractable: true });
const otherKeys = await generateKeyPair('RS256');
const secret = 'secret of the test client, thirty-two characters';
const signed = (claims, key = keys.privateKey, alg = 'RS256') => new SignJWT(claims).setProtectedHeader({ alg, kid: 'test' }).sign(key);

// What a provider must never send, one fault each: the account is the fault, the person is the doctor.
const faults = {
  forged: (claims) => signed(claims, otherKeys.privateKey),
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  symmetric: (claims) => signed(claims, new TextEncoder().encode(secret), 'HS256'),
  elsewhere: (claims) => signed({ ...claims, aud: 'another-client' }),
  impostor: (claims) => signed({ ...claims, iss: 'https://other.example' }),
  late: (claims) => signed({ ...claims, iat: claims.iat - 7200, exp: claims.iat - 3600 }),
  swapped: (claims) => signed({ ...claims, sub: 'someone else' }),
};
for (const fault of Object.keys(faults)) accounts[fault] = accounts.doctor;
// The same of an agent, whose sign-in is strong enough to be looked at.
Object.assign(faults, { usurper: faults.swapped });
accounts.usurper = accounts.ana;

const client = (client_id, token_endpoint_auth_method) => ({
  client_id,
  client_secret: secret,
  redirect_uris: redirectUris,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method,
});

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [client('dmp', 'client_secret_basic'), client('dmp-post', 'client_secret_post')],
  clientAuthMethods: process.env.AUTH_METHODS?.split(',') ?? ['client_secret_basic', 'client_secret_post'],
  scopes: ['openid', 'scope_all', 'profile'],
  claims: { openid: ['sub', 'amr'], acr: null, scope_all: [...Object.keys(doctor), 'ins'], profile: [...Object.keys(doctor), 'employee_number', 'groups'] },
  acrValues: ['eidas0', 'eidas1', 'eidas3'],
  cookies: { keys: ['only a test'] },
  jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub].claims }) }),
});

provider.use(async (context, next) => {
  await next();
  const fault = faults[context.oidc?.entities?.Account?.accountId];
  if (context.path === '/token' && fault && context.body?.id_token) {
    context.body.id_token = await fault(decodeJwt(context.body.id_token));
  }
});

// The person at the provider: signs in under the hinted account and consents, without a page. `refuses` says no.
async function interact(request, response) {
  const { params, prompt, grantId } = await provider.interactionDetails(request, response);
  const account = params.login_hint ?? 'doctor';
  if (account === 'refuses') {
    return provider.interactionFinished(request, response, { error: 'access_denied' });
  }
  if (prompt.name === 'login') {
    const login = { accountId: account, acr: accounts[account].acr, amr: accounts[account].amr };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: account, clientId: params.client_id });
  grant.addOIDCScope('openid scope_all profile');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

const callback = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, response);
  return interact(request, response).catch((error) => {
    response.writeHead(500).end(String(error));
  });
});
console.log(JSON.stringify({ issuer }));
