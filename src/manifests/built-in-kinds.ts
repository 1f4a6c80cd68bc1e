/**
 * The kinds that Kubernetes itself has, or had in some version, by group; the core group is the empty text.
 * Source: the API reference of Kubernetes 1.36, and of the versions that first left a kind out.
 */
const KINDS: Readonly<Record<string, string>> = {
  '': `Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume
    PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount Status`,
  'admissionregistration.k8s.io': `MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy
    ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding`,
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet Scale DeploymentRollback',
  autoscaling: 'HorizontalPodAutoscaler Scale',
  batch: 'CronJob Job JobTemplate ScheduledJob',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle PodCertificateRequest',
  'coordination.k8s.io': 'Lease LeaseCandidate',
  'discovery.k8s.io': 'EndpointSlice',
  'events.k8s.io': 'Event',
  extensions: `DaemonSet Deployment DeploymentRollback HorizontalPodAutoscaler Ingress Job NetworkPolicy
    PodSecurityPolicy ReplicaSet ReplicationControllerDummy Scale ThirdPartyResource`,
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io': 'ClusterCIDR Ingress IngressClass IPAddress NetworkPolicy ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  policy: 'Eviction PodDisruptionBudget PodSecurityPolicy',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': `CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass`,
};

/** What other programs write with a version of the core group: kubeconfig files, and the first OpenShift. */
const OF_OTHERS = `Config Template Route DeploymentConfig BuildConfig Build ImageStream ImageStreamTag Project User Group
  Identity OAuthClient Policy PolicyBinding ClusterPolicy ClusterPolicyBinding`;

const words = (text: string): readonly string[] => text.split(/\s+/);

const BY_GROUP: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(KINDS).map(([group, kinds]) => [group, words(kinds)]),
);
const ALL: ReadonlySet<string> = new Set([...[...BY_GROUP.values()].flat(), ...words(OF_OTHERS)]);

/** The kinds of a group of Kubernetes; undefined for one that it does not have. */
export function kindsOfGroup(group: string): readonly string[] | undefined {
  return BY_GROUP.get(group);
}

/** Whether a kind is one that somebody writes on purpose, in whichever group. */
export function isRealKind(kind: string): boolean {
  return ALL.has(kind);
}
