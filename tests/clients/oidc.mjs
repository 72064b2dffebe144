// Both flows by openid-client as it comes, against the site at $SITE. Whoever runs this is the browser: it gets the address to
// open as the first line, and gives back the address to which the site sent the browser in the end.
import { createInterface } from "node:readline";
import * as oidc from "openid-client";

const site = new URL(process.env.SITE);
// The site of the tests is on this machine, without a certificate.
const options = { execute: [oidc.allowInsecureRequests] };

async function forUser() {
  const config = await oidc.discovery(site, process.env.PUBLIC_APP, undefined, oidc.None(), options);
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: process.env.CALLBACK,
    scope: "openid profile roles offline_access",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  console.log(address.href);
  const lines = createInterface({ input: process.stdin });
  const [returned] = await new Promise(resolve => lines.once("line", line => resolve([line])));
  lines.close();
  const tokens = await oidc.authorizationCodeGrant(config, new URL(returned), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
  const { sub, role } = tokens.claims();
  const user = await oidc.fetchUserInfo(config, tokens.access_token, sub);
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  await oidc.tokenRevocation(config, refreshed.access_token);
  return { name: user.preferred_username, role, used: tokens.access_token, refreshed: refreshed.access_token };
}

async function forItself() {
  const config = await oidc.discovery(site, process.env.APP, undefined, oidc.ClientSecretPost(process.env.SECRET), options);
  const tokens = await oidc.clientCredentialsGrant(config);
  const before = await oidc.tokenIntrospection(config, tokens.access_token);
  const status = (await oidc.fetchProtectedResource(config, tokens.access_token, new URL("/api/content/home-en", site), "GET")).status;
  await oidc.tokenRevocation(config, tokens.access_token);
  const after = await oidc.tokenIntrospection(config, tokens.access_token);
  const basic = await oidc.discovery(site, process.env.APP, undefined, oidc.ClientSecretBasic("wrong"), options);
  const error = await oidc.clientCredentialsGrant(basic).then(() => "", problem => problem.error ?? problem.cause?.[0]?.parameters?.error ?? problem.message);
  return { before: before.active, status, after: after.active, error };
}

console.log(JSON.stringify({ user: await forUser(), app: await forItself() }));
