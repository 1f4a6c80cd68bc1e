/**
 * Kinds of which a controller makes Secrets, by the groups that have them: what stands in a repository instead of the
 * Secret itself.
 * Source: the custom resource definitions of each of these projects.
 */
const GROUPS_BY_KIND: ReadonlyMap<string, readonly string[]> = new Map([
  ['SealedSecret', ['bitnami.com']],
  ['ExternalSecret', ['external-secrets.io', 'kubernetes-client.io']],
  ['ClusterExternalSecret', ['external-secrets.io']],
  ['Certificate', ['cert-manager.io', 'certmanager.k8s.io', 'cert.gardener.cloud']],
  ['SecretProviderClass', ['secrets-store.csi.x-k8s.io']],
  ['OnePasswordItem', ['onepassword.com']],
  ['VaultStaticSecret', ['secrets.hashicorp.com']],
  ['VaultDynamicSecret', ['secrets.hashicorp.com']],
  ['VaultPKISecret', ['secrets.hashicorp.com']],
  ['VaultSecret', ['ricoberger.de']],
  ['InfisicalSecret', ['secrets.infisical.com']],
  ['DopplerSecret', ['secrets.doppler.com']],
  ['BitwardenSecret', ['k8s.bitwarden.com']],
  ['SopsSecret', ['isindir.github.com', 'addons.projectcapsule.dev']],
  ['AzureKeyVaultSecret', ['spv.no']],
  ['ClusterSecret', ['clustersecret.io']],
  ['StringSecret', ['secretgenerator.mittwald.de']],
  ['BasicAuth', ['secretgenerator.mittwald.de']],
]);

/** Whether a controller makes Secrets of objects of this kind. */
export function makesSecrets(group: string, kind: string): boolean {
  return GROUPS_BY_KIND.get(kind)?.includes(group) === true;
}
