// Generated from crds/ by `npm run generate`. Do not edit.

/** What the API server keeps about every object. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

/** The object that owns another; the owned one goes when its owner goes. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** One aspect of the state of the object. */
export interface Condition {
  /** Name of the aspect, PascalCase. */
  readonly type: string;
  /** Whether the aspect holds. */
  readonly status: 'True' | 'False' | 'Unknown';
  /** The metadata.generation this condition speaks of. */
  readonly observedGeneration?: number;
  /** When status last changed. */
  readonly lastTransitionTime: string;
  /** Stable code for programs, PascalCase. */
  readonly reason: string;
  /** A sentence for people. Never has a full phone number. */
  readonly message: string;
}

/** A company (tenant) whose users may listen to each other's calls. Nobody of one company ever learns anything of another (R10). One company, one namespace. */
export interface Company {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'Company';
  readonly metadata: ObjectMeta;
  readonly spec: CompanySpec;
  readonly status?: CompanyStatus;
}

/** What the company is and how listening works in it. */
export interface CompanySpec {
  /** Name of the company for people, 1 to 128 characters. */
  readonly displayName: string;
  /** SIP domains that name this company in calls, lower case. A domain that two companies claim names neither: both are not Ready (DomainTaken) until one lets go of it. */
  readonly domains: readonly string[];
  /** ISO 3166 alpha-2 code in capitals, for example SE. National numbers (08-123 45 10) are read as numbers of this country. Quote it in YAML: a bare NO is the boolean false. */
  readonly country: string;
  /** Language of prompts and of the messages that tell a colleague who listens, sv or en. */
  readonly language: 'sv' | 'en';
  /** E.164 prefixes in which the numbers of its users must lie, for example +46812345. Set by the platform. A number outside them does not count (condition reason NumberOutsideRange on the User), so an empty list means that users have no public numbers at all. */
  readonly numberRanges: readonly string[];
  /** Pool of media nodes that carry the calls of this company (MediaNode.spec.pool). Default: `"default"`. */
  readonly mediaPool: string;
  /** How listening works in this company. */
  readonly listening: {
    /** false refuses every attempt to listen with ListeningDisabled and ends the listens that are up. Default: `true`. */
    readonly enabled: boolean;
    /** Dialled before the fixed number to listen from a phone (R8), digits between two of * and #. Default: `"*28*"`. */
    readonly featureCode: string;
    /** Names of the entitlements that listening asks for (R1, R2). */
    readonly requires: {
      /** Licence that listener and target both hold (R1), as in Entitlement.spec.license. Default: `"KundkontaktPro"`. */
      readonly license: string;
      /** Right that the listener holds (R2), as in Entitlement.spec.right. Default: `"Medlyssning"`. */
      readonly right: string;
    };
    /** Kinds of device one may listen from (R8). Others are refused with DeviceNotAllowed. By default all but the mobile app. Default: `["MobileSubscription","Desk","Softphone","Browser"]`. */
    readonly allowedDevices: readonly ('MobileSubscription' | 'MobileApp' | 'Desk' | 'Softphone' | 'Browser')[];
    /** How many may listen to one call at once (R7). The next is refused with TooManyListeners. Default: `10`. */
    readonly maxListenersPerCall: number;
    /** For how many seconds a media node may go on deciding by a policy it could not confirm at its source. After that listening is refused with PolicyStale; calls are not touched. Default: `300`. */
    readonly maxPolicyAgeSeconds: number;
    /** The small sound that the target hears when someone starts to listen (R6). Default: `"TwoNotes"`. */
    readonly sound: 'TwoNotes' | 'OneNote';
    /** Whose profile a call between two colleagues asks (R4): Target asks the target's only, Both asks the other colleague's too. Default: `"Target"`. */
    readonly internalCalls: 'Target' | 'Both';
  };
  /** How records of attempts are kept. */
  readonly audit: {
    /** Days that a record of an attempt is kept, then it is erased. Default: `365`. */
    readonly retentionDays: number;
  };
}

/** What the operator found. Written by the operator only. */
export interface CompanyStatus {
  /** The metadata.generation this status speaks of. */
  readonly observedGeneration?: number;
  /** Users compiled into the policy of this company. */
  readonly users?: number;
  /** Users who hold the required licence now (R1). */
  readonly licensed?: number;
  /** Users who hold the required right now (R2). */
  readonly mayListen?: number;
  /** Seats of the required licence, over all valid entitlements that have any. Absent - none has a limit. */
  readonly seats?: {
    /** Seats given out now. */
    readonly used: number;
    /** Seats there are. */
    readonly total: number;
  };
  /** ForkPolicies that the policy of this company is cut into. */
  readonly shards?: number;
  /** How far the newest policy has come. */
  readonly nodes?: {
    /** Media nodes of the pool. */
    readonly total: number;
    /** Media nodes of the pool that enforce the newest policy. */
    readonly enforcing: number;
  };
  /** Ready: the policy was compiled. Enforced: every media node of the pool enforces it. Guarded: the admission policies that keep rights with administrators (R3) are there. */
  readonly conditions?: readonly Condition[];
}

/** A licence or a right given to users of a company. Only administrators of the whole company may write a right (R3). Taking one away ends at once the listens it allowed (Revoked). */
export interface Entitlement {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'Entitlement';
  readonly metadata: ObjectMeta;
  readonly spec: EntitlementSpec;
  readonly status?: EntitlementStatus;
}

/** What is given, to whom and for how long. */
export interface EntitlementSpec {
  /** The company it belongs to, in the same namespace. Immutable. */
  readonly companyRef: {
    /** metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown). */
    readonly name: string;
  };
  /** Name of the licence given, for example KundkontaktPro. Exactly one of license and right. Immutable. */
  readonly license?: string;
  /** Name of the right given, for example Medlyssning. Exactly one of license and right. Immutable. */
  readonly right?: string;
  /** Names of the users who get it. A name without a User is reported (UserUnknown) and gives nobody anything. Exactly one of users and selector. */
  readonly users?: readonly string[];
  /** Gives a licence to the company's users whose labels match. Not for rights. */
  readonly selector?: {
    /** Labels that a user must have, each with exactly this value. */
    readonly matchLabels?: Readonly<Record<string, string>>;
    /** Conditions that the labels of a user must all meet. */
    readonly matchExpressions?: readonly {
      /** Name of the label. */
      readonly key: string;
      /** How values are compared. */
      readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
      /** Values for In and NotIn. */
      readonly values?: readonly string[];
    }[];
  };
  /** How many users may hold it at once. Users beyond that hold nothing and the condition says SeatsExceeded. Absent - no limit. */
  readonly seats?: number;
  /** From when it is valid (RFC 3339). Absent - since always. */
  readonly validFrom?: string;
  /** Until when it is valid (RFC 3339), that moment not included. Absent - for ever. Past - nobody holds it (Expired). */
  readonly validUntil?: string;
}

/** What the operator found. Written by the operator only. */
export interface EntitlementStatus {
  /** The metadata.generation this status speaks of. */
  readonly observedGeneration?: number;
  /** Users who hold it now. */
  readonly granted?: number;
  /** Users of the company that it names or selects, whether they hold it or not. */
  readonly subjects?: number;
  /** Ready: every user it names holds it, or the reason why not. */
  readonly conditions?: readonly Condition[];
}

/** Compiled policy that media nodes enforce - a company's settings in effect and a shard of its users. Written by the operator only; an edit by hand is overwritten. */
export interface ForkPolicy {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'ForkPolicy';
  readonly metadata: ObjectMeta;
  readonly spec: ForkPolicySpec;
  readonly status?: ForkPolicyStatus;
}

/** Settings and users, normalised and with every reference resolved. */
export interface ForkPolicySpec {
  /** The company it belongs to, in the same namespace. Immutable. */
  readonly companyRef: {
    /** metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown). */
    readonly name: string;
  };
  /** Hash of the content, 12 hexadecimal digits. Same content, same revision. */
  readonly revision: string;
  /** Rules that a media node must know to enforce this policy, since without them it would allow more. One that does not know each of them refuses the users of this shard (PolicyMalformed). Absent - every version enforces it. */
  readonly requires?: readonly string[];
  /** Which users these are - those whose hashed name leaves the remainder index when divided by count. */
  readonly shard: {
    /** The remainder, from 0. */
    readonly index: number;
    /** The divisor, a power of two; shards of one company may differ in it. */
    readonly count: number;
  };
  /** Settings of the company in effect, the same in each of its shards. */
  readonly company: {
    /** Name of the company for people. */
    readonly displayName: string;
    /** SIP domains that name the company in calls, lower case. */
    readonly domains: readonly string[];
    /** ISO 3166 alpha-2 code for national numbers. */
    readonly country: string;
    /** Language of prompts and messages. */
    readonly language: 'sv' | 'en';
    /** Pool of media nodes that enforce this policy. */
    readonly mediaPool: string;
    /** How listening works; see Company.spec.listening. */
    readonly listening: {
      /** false refuses every attempt with ListeningDisabled. */
      readonly enabled: boolean;
      /** Dialled before the fixed number (R8). */
      readonly featureCode: string;
      /** Kinds of device one may listen from (R8). */
      readonly allowedDevices: readonly ('MobileSubscription' | 'MobileApp' | 'Desk' | 'Softphone' | 'Browser')[];
      /** How many may listen to one call at once (R7). */
      readonly maxListenersPerCall: number;
      /** Seconds after which an unconfirmed policy refuses listening (PolicyStale). */
      readonly maxPolicyAgeSeconds: number;
      /** Sound that the target hears (R6). */
      readonly sound: 'TwoNotes' | 'OneNote';
      /** Whose profile a call between colleagues asks (R4). */
      readonly internalCalls: 'Target' | 'Both';
    };
    /** How records are kept. */
    readonly audit: {
      /** Days that a record is kept. */
      readonly retentionDays: number;
    };
  };
  /** The users of this shard. */
  readonly users: readonly {
    /** metadata.name of the User. */
    readonly name: string;
    /** Name of the user for people. */
    readonly displayName: string;
    /** Short number within the company. */
    readonly extension?: string;
    /** The number that names the person (R9), E.164. */
    readonly fixedNumber?: string;
    /** Devices of the user. */
    readonly devices: readonly {
      /** Name of the device, unique within the user. */
      readonly name: string;
      /** What the device is (R8). */
      readonly kind: 'MobileSubscription' | 'MobileApp' | 'Desk' | 'Softphone' | 'Browser';
      /** The device's own number, E.164. */
      readonly number?: string;
      /** SIP address of the device, user@host in lower case. */
      readonly address?: string;
    }[];
    /** Holds the licence (R1), until licensedUntil where that is given. */
    readonly licensed: boolean;
    /** When the licence ends. Absent - no end is known. */
    readonly licensedUntil?: string;
    /** Holds the right (R2), until mayListenUntil where that is given. */
    readonly mayListen: boolean;
    /** When the right ends. Absent - no end is known. */
    readonly mayListenUntil?: string;
    /** The user's profiles that exist, and whether each allows listening (R4). */
    readonly profiles: readonly {
      /** Name of the profile. */
      readonly name: string;
      /** May colleagues listen to calls that start in it? */
      readonly allowListening: boolean;
    }[];
    /** The profile that is active now. One that is not among profiles refuses (ProfileAtStartUnknown). */
    readonly activeProfile: {
      /** Name of the active profile. */
      readonly name: string;
      /** When it became active. Absent - since always. */
      readonly since?: string;
    };
    /** The user's login, for the HTTP API. */
    readonly subject?: string;
  }[];
}

/** What the operator found. Written by the operator only. */
export interface ForkPolicyStatus {
  /** Ready: written by the operator as it stands. */
  readonly conditions?: readonly Condition[];
}

/** One media node - an rtpengine that carries calls, with its sidecar and listening engine. Written by the sidecar itself; the operator reads from it who enforces which policy. */
export interface MediaNode {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'MediaNode';
  readonly metadata: ObjectMeta;
  readonly spec: MediaNodeSpec;
  readonly status?: MediaNodeStatus;
}

/** Where the node belongs and how others reach it. */
export interface MediaNodeSpec {
  /** Pool that the node belongs to; it enforces the policies of the companies of that pool. Default: `"default"`. */
  readonly pool: string;
  /** host:port at which other nodes ask this one over mutual TLS. Absent - no other node can ask it. */
  readonly address?: string;
}

/** What the sidecar sees. Written by the sidecar of this node only. */
export interface MediaNodeStatus {
  /** The metadata.generation this status speaks of. */
  readonly observedGeneration?: number;
  /** What runs here. */
  readonly versions?: {
    /** Version of the sidecar. */
    readonly sidecar?: string;
    /** Version that the call engine gives of itself. Absent - not known yet. */
    readonly callEngine?: string;
    /** Version that the listening engine gives of itself. Absent - not known yet. */
    readonly listeningEngine?: string;
  };
  /** How far the changes of ForkPolicies are enforced here - a policy of the pool whose resourceVersion is no higher is in force. Absent - none, listening is refused. */
  readonly policyResourceVersion?: string;
  /** When the sidecar last wrote this status, at least every 20 s. A node that has been silent for 60 s does not count as enforcing anything. */
  readonly lastHeartbeatTime?: string;
  /** How the node watches calls. */
  readonly mirror?: {
    /** Connected - the call engine mirrors its control traffic here. Down - it should but does not; calls are re-listed meanwhile. Polling - configured so, for engines without the mirror. */
    readonly state: 'Connected' | 'Down' | 'Polling';
    /** When state last changed. */
    readonly since?: string;
    /** Calls that the mirror did not show and a re-list found, since the sidecar started. */
    readonly missed?: number;
  };
  /** Where the chain of audit records of this node ends. A chain that does not have this row was cut short or made anew. Absent - no record yet. */
  readonly audit?: {
    /** Place of the last row; counted from 1. */
    readonly rows: number;
    /** Hash of the last row, SHA-256 in hex. */
    readonly head: string;
  };
  /** Calls that are up on this node. */
  readonly calls?: number;
  /** Listens that are up on this node. */
  readonly listens?: number;
  /** Ready - a policy is applied and both engines answer. PolicyApplied - False where a policy of the pool could not be read, so that its users are refused (PolicyMalformed). AuditIntact - False where audit records that were written are gone from the store (RowsMissing). */
  readonly conditions?: readonly Condition[];
}

/** A presence mode such as "Inne", "Kundtjänst" or "Lunch". A user has several, one is active. Whether the one that was active when a call started allows listening decides for the whole call (R4). */
export interface Profile {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'Profile';
  readonly metadata: ObjectMeta;
  readonly spec: ProfileSpec;
  readonly status?: ProfileStatus;
}

/** What the profile means. */
export interface ProfileSpec {
  /** The company it belongs to, in the same namespace. Immutable. */
  readonly companyRef: {
    /** metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown). */
    readonly name: string;
  };
  /** Name of the profile for people, 1 to 128 characters. */
  readonly displayName: string;
  /** "Tillåt medlyssning": may colleagues listen to calls that start while this profile is active (R4)? Setting it to false ends listening to such calls at once; setting it to true does not open calls that have started. To switch profile during a call changes nothing for that call. Default: `false`. */
  readonly allowListening: boolean;
}

/** What the operator found. Written by the operator only. */
export interface ProfileStatus {
  /** The metadata.generation this status speaks of. */
  readonly observedGeneration?: number;
  /** Ready: the profile is in the policy of its company, or the reason why not. */
  readonly conditions?: readonly Condition[];
}

/** A person of a company. Their fixed number names the person, even when the call is on the mobile (R9). */
export interface User {
  readonly apiVersion: 'medlyssning.dev/v1alpha1';
  readonly kind: 'User';
  readonly metadata: ObjectMeta;
  readonly spec: UserSpec;
  readonly status?: UserStatus;
}

/** Who the user is and which devices are theirs. */
export interface UserSpec {
  /** The company it belongs to, in the same namespace. Immutable. */
  readonly companyRef: {
    /** metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown). */
    readonly name: string;
  };
  /** Name of the user for people, shown to the one they listen to (R6). 1 to 128 characters. */
  readonly displayName: string;
  /** Short number within the company, 2 to 8 digits. Claimed by two users it names neither (ExtensionTaken). */
  readonly extension?: string;
  /** The number that names this person (R9), national or international: 08-465 004 01 and +46846500401 are the same. Must lie in the company's numberRanges (else NumberOutsideRange) and be claimed by nobody else (else NumberTaken); a number that fails is left out and nobody is reached by it. */
  readonly fixedNumber?: string;
  /** Devices of this user. Listening from a device that is not here is refused (R8, DeviceUnknown). Default: `[]`. */
  readonly devices: readonly {
    /** Name of the device, unique within the user; what the PBX may say in the device header. */
    readonly name: string;
    /** What the device is (R8). A mobile with a SIM of the company is a MobileSubscription; the app on a mobile is a MobileApp, and is refused by default. */
    readonly kind: 'MobileSubscription' | 'MobileApp' | 'Desk' | 'Softphone' | 'Browser';
    /** The device's own number, national or international. Needed for a MobileSubscription. */
    readonly number?: string;
    /** SIP address of the device as user@host, without the sip scheme. */
    readonly address?: string;
  }[];
  /** Names of the user's profiles; the first is the default. A name without a Profile makes the user not Ready (ProfileUnknown), and calls that start in it cannot be listened to. */
  readonly profiles: readonly string[];
  /** The user's login (the "sub" of their token), for the HTTP API. Absent - no login, only phones. */
  readonly subject?: string;
}

/** What the PBX says (activeProfile) and what the operator found (all else). */
export interface UserStatus {
  /** The metadata.generation this status speaks of. */
  readonly observedGeneration?: number;
  /** The profile that is active now, written by the PBX through the media sidecar. Absent - the first of spec.profiles, since always. */
  readonly activeProfile?: {
    /** Name of the active profile. */
    readonly name: string;
    /** When it became active. A call that started before then, and that nobody saw start, cannot be listened to (ProfileAtStartUnknown). */
    readonly since: string;
    /** Name of the profile that was active before, for people. */
    readonly previous?: string;
  };
  /** Does the user hold the licence now (R1)? */
  readonly licensed?: boolean;
  /** Does the user hold the right to listen now (R2)? */
  readonly mayListen?: boolean;
  /** Ready: the user is in the policy of the company as written. Licensed (R1), MayListen (R2), Listenable: could a call that starts now be listened to (R1, R4)? */
  readonly conditions?: readonly Condition[];
}

/** Any object of the API. */
export type Resource = Company | Entitlement | ForkPolicy | MediaNode | Profile | User;
