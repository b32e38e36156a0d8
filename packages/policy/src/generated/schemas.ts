// Generated from crds/ by `npm run generate`. Do not edit.
import type { StructuralSchema } from '../validate/structural-schema.ts';

/** Group and version of every kind. */
export const apiVersion = 'medlyssning.dev/v1alpha1';

/** The kinds of the API. */
export type Kind = 'Company' | 'Entitlement' | 'ForkPolicy' | 'MediaNode' | 'Profile' | 'User';

/** Schema of each kind, as in its CRD. */
export const schemas: Readonly<Record<Kind, StructuralSchema>> = {
  "Company": {
    "type": "object",
    "description": "A company (tenant) whose users may listen to each other's calls. Nobody of one company ever learns anything of another (R10). One company, one namespace.",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 63
          }
        }
      },
      "spec": {
        "type": "object",
        "description": "What the company is and how listening works in it.",
        "required": [
          "displayName",
          "domains",
          "country",
          "language",
          "numberRanges"
        ],
        "properties": {
          "displayName": {
            "type": "string",
            "description": "Name of the company for people, 1 to 128 characters.",
            "minLength": 1,
            "maxLength": 128
          },
          "domains": {
            "type": "array",
            "description": "SIP domains that name this company in calls, lower case. A domain that two companies claim names neither: both are not Ready (DomainTaken) until one lets go of it.",
            "x-kubernetes-list-type": "set",
            "minItems": 1,
            "maxItems": 16,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 253,
              "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$"
            }
          },
          "country": {
            "type": "string",
            "description": "ISO 3166 alpha-2 code in capitals, for example SE. National numbers (08-123 45 10) are read as numbers of this country. Quote it in YAML: a bare NO is the boolean false.",
            "maxLength": 2,
            "pattern": "^[A-Z]{2}$"
          },
          "language": {
            "type": "string",
            "description": "Language of prompts and of the messages that tell a colleague who listens, sv or en.",
            "enum": [
              "sv",
              "en"
            ]
          },
          "numberRanges": {
            "type": "array",
            "description": "E.164 prefixes in which the numbers of its users must lie, for example +46812345. Set by the platform. A number outside them does not count (condition reason NumberOutsideRange on the User), so an empty list means that users have no public numbers at all.",
            "x-kubernetes-list-type": "set",
            "maxItems": 64,
            "items": {
              "type": "string",
              "maxLength": 16,
              "pattern": "^\\+[1-9][0-9]{0,14}$"
            }
          },
          "mediaPool": {
            "type": "string",
            "description": "Pool of media nodes that carry the calls of this company (MediaNode.spec.pool).",
            "default": "default",
            "maxLength": 63,
            "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
          },
          "listening": {
            "type": "object",
            "description": "How listening works in this company.",
            "default": {},
            "properties": {
              "enabled": {
                "type": "boolean",
                "description": "false refuses every attempt to listen with ListeningDisabled and ends the listens that are up.",
                "default": true
              },
              "featureCode": {
                "type": "string",
                "description": "Dialled before the fixed number to listen from a phone (R8), digits between two of * and #.",
                "default": "*28*",
                "maxLength": 8,
                "pattern": "^[*#][0-9]{1,6}[*#]$"
              },
              "requires": {
                "type": "object",
                "description": "Names of the entitlements that listening asks for (R1, R2).",
                "default": {},
                "properties": {
                  "license": {
                    "type": "string",
                    "description": "Licence that listener and target both hold (R1), as in Entitlement.spec.license.",
                    "default": "KundkontaktPro",
                    "maxLength": 63,
                    "pattern": "^[A-Za-z][A-Za-z0-9]*$"
                  },
                  "right": {
                    "type": "string",
                    "description": "Right that the listener holds (R2), as in Entitlement.spec.right.",
                    "default": "Medlyssning",
                    "maxLength": 63,
                    "pattern": "^[A-Za-z][A-Za-z0-9]*$"
                  }
                }
              },
              "allowedDevices": {
                "type": "array",
                "description": "Kinds of device one may listen from (R8). Others are refused with DeviceNotAllowed. By default all but the mobile app.",
                "x-kubernetes-list-type": "atomic",
                "x-kubernetes-validations": [
                  {
                    "rule": "self.all(kind, self.exists_one(other, other == kind))",
                    "message": "name each kind of device once"
                  }
                ],
                "default": [
                  "MobileSubscription",
                  "Desk",
                  "Softphone",
                  "Browser"
                ],
                "minItems": 1,
                "maxItems": 5,
                "items": {
                  "type": "string",
                  "enum": [
                    "MobileSubscription",
                    "MobileApp",
                    "Desk",
                    "Softphone",
                    "Browser"
                  ]
                }
              },
              "maxListenersPerCall": {
                "type": "integer",
                "format": "int32",
                "description": "How many may listen to one call at once (R7). The next is refused with TooManyListeners.",
                "default": 10,
                "minimum": 1,
                "maximum": 50
              },
              "maxPolicyAgeSeconds": {
                "type": "integer",
                "format": "int32",
                "description": "For how many seconds a media node may go on deciding by a policy it could not confirm at its source. After that listening is refused with PolicyStale; calls are not touched.",
                "default": 300,
                "minimum": 5,
                "maximum": 86400
              },
              "sound": {
                "type": "string",
                "description": "The small sound that the target hears when someone starts to listen (R6).",
                "default": "TwoNotes",
                "enum": [
                  "TwoNotes",
                  "OneNote"
                ]
              },
              "internalCalls": {
                "type": "string",
                "description": "Whose profile a call between two colleagues asks (R4): Target asks the target's only, Both asks the other colleague's too.",
                "default": "Target",
                "enum": [
                  "Target",
                  "Both"
                ]
              }
            }
          },
          "audit": {
            "type": "object",
            "description": "How records of attempts are kept.",
            "default": {},
            "properties": {
              "retentionDays": {
                "type": "integer",
                "format": "int32",
                "description": "Days that a record of an attempt is kept, then it is erased.",
                "default": 365,
                "minimum": 1,
                "maximum": 3650
              }
            }
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the operator found. Written by the operator only.",
        "properties": {
          "observedGeneration": {
            "type": "integer",
            "format": "int64",
            "description": "The metadata.generation this status speaks of.",
            "minimum": 0
          },
          "users": {
            "type": "integer",
            "format": "int32",
            "description": "Users compiled into the policy of this company.",
            "minimum": 0
          },
          "licensed": {
            "type": "integer",
            "format": "int32",
            "description": "Users who hold the required licence now (R1).",
            "minimum": 0
          },
          "mayListen": {
            "type": "integer",
            "format": "int32",
            "description": "Users who hold the required right now (R2).",
            "minimum": 0
          },
          "seats": {
            "type": "object",
            "description": "Seats of the required licence, over all valid entitlements that have any. Absent - none has a limit.",
            "required": [
              "used",
              "total"
            ],
            "properties": {
              "used": {
                "type": "integer",
                "format": "int32",
                "description": "Seats given out now.",
                "minimum": 0
              },
              "total": {
                "type": "integer",
                "format": "int32",
                "description": "Seats there are.",
                "minimum": 0
              }
            }
          },
          "shards": {
            "type": "integer",
            "format": "int32",
            "description": "ForkPolicies that the policy of this company is cut into.",
            "minimum": 0
          },
          "nodes": {
            "type": "object",
            "description": "How far the newest policy has come.",
            "required": [
              "total",
              "enforcing"
            ],
            "properties": {
              "total": {
                "type": "integer",
                "format": "int32",
                "description": "Media nodes of the pool.",
                "minimum": 0
              },
              "enforcing": {
                "type": "integer",
                "format": "int32",
                "description": "Media nodes of the pool that enforce the newest policy.",
                "minimum": 0
              }
            }
          },
          "conditions": {
            "type": "array",
            "description": "Ready: the policy was compiled. Enforced: every media node of the pool enforces it. Guarded: the admission policies that keep rights with administrators (R3) are there.",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the operator."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  },
  "Entitlement": {
    "type": "object",
    "description": "A licence or a right given to users of a company. Only administrators of the whole company may write a right (R3). Taking one away ends at once the listens it allowed (Revoked).",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 63
          }
        }
      },
      "spec": {
        "type": "object",
        "description": "What is given, to whom and for how long.",
        "required": [
          "companyRef"
        ],
        "x-kubernetes-validations": [
          {
            "rule": "has(self.license) != has(self.right)",
            "message": "name exactly one of license and right"
          },
          {
            "rule": "has(self.users) != has(self.selector)",
            "message": "name exactly one of users and selector"
          },
          {
            "rule": "!has(self.selector) || !has(self.right)",
            "message": "a right names its users one by one; a selector is for licences only, so that nobody gains a right by a label (R3)",
            "fieldPath": ".selector"
          },
          {
            "rule": "!has(self.validFrom) || !has(self.validUntil) || self.validFrom < self.validUntil",
            "message": "validFrom must be before validUntil",
            "fieldPath": ".validUntil"
          },
          {
            "rule": "has(self.license) == has(oldSelf.license) && (!has(self.license) || self.license == oldSelf.license)",
            "message": "license is immutable; make another Entitlement"
          },
          {
            "rule": "has(self.right) == has(oldSelf.right) && (!has(self.right) || self.right == oldSelf.right)",
            "message": "right is immutable; make another Entitlement"
          }
        ],
        "properties": {
          "companyRef": {
            "type": "object",
            "description": "The company it belongs to, in the same namespace. Immutable.",
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown).",
                "minLength": 1,
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == oldSelf",
                    "message": "companyRef is immutable; make a new object in the other company"
                  }
                ]
              }
            }
          },
          "license": {
            "type": "string",
            "description": "Name of the licence given, for example KundkontaktPro. Exactly one of license and right. Immutable.",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[A-Za-z][A-Za-z0-9]*$"
          },
          "right": {
            "type": "string",
            "description": "Name of the right given, for example Medlyssning. Exactly one of license and right. Immutable.",
            "minLength": 1,
            "maxLength": 63,
            "pattern": "^[A-Za-z][A-Za-z0-9]*$"
          },
          "users": {
            "type": "array",
            "description": "Names of the users who get it. A name without a User is reported (UserUnknown) and gives nobody anything. Exactly one of users and selector.",
            "x-kubernetes-list-type": "atomic",
            "maxItems": 2000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63,
              "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
            }
          },
          "selector": {
            "type": "object",
            "description": "Gives a licence to the company's users whose labels match. Not for rights.",
            "x-kubernetes-validations": [
              {
                "rule": "(has(self.matchLabels) && size(self.matchLabels) > 0) || (has(self.matchExpressions) && size(self.matchExpressions) > 0)",
                "message": "an empty selector would license everyone; name at least one label or expression"
              }
            ],
            "properties": {
              "matchLabels": {
                "type": "object",
                "description": "Labels that a user must have, each with exactly this value.",
                "maxProperties": 16,
                "additionalProperties": {
                  "type": "string",
                  "maxLength": 63
                }
              },
              "matchExpressions": {
                "type": "array",
                "description": "Conditions that the labels of a user must all meet.",
                "x-kubernetes-list-type": "atomic",
                "maxItems": 16,
                "items": {
                  "type": "object",
                  "description": "One condition on one label.",
                  "required": [
                    "key",
                    "operator"
                  ],
                  "x-kubernetes-validations": [
                    {
                      "rule": "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
                      "message": "In and NotIn need values; Exists and DoesNotExist take none",
                      "fieldPath": ".values"
                    }
                  ],
                  "properties": {
                    "key": {
                      "type": "string",
                      "description": "Name of the label.",
                      "minLength": 1,
                      "maxLength": 317
                    },
                    "operator": {
                      "type": "string",
                      "description": "How values are compared.",
                      "enum": [
                        "In",
                        "NotIn",
                        "Exists",
                        "DoesNotExist"
                      ]
                    },
                    "values": {
                      "type": "array",
                      "description": "Values for In and NotIn.",
                      "x-kubernetes-list-type": "atomic",
                      "maxItems": 64,
                      "items": {
                        "type": "string",
                        "maxLength": 63
                      }
                    }
                  }
                }
              }
            }
          },
          "seats": {
            "type": "integer",
            "format": "int32",
            "description": "How many users may hold it at once. Users beyond that hold nothing and the condition says SeatsExceeded. Absent - no limit.",
            "minimum": 0,
            "maximum": 1000000
          },
          "validFrom": {
            "type": "string",
            "format": "date-time",
            "description": "From when it is valid (RFC 3339). Absent - since always.",
            "maxLength": 35,
            "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
            "x-kubernetes-validations": [
              {
                "rule": "self == self",
                "message": "write one moment, not a list"
              }
            ]
          },
          "validUntil": {
            "type": "string",
            "format": "date-time",
            "description": "Until when it is valid (RFC 3339), that moment not included. Absent - for ever. Past - nobody holds it (Expired).",
            "maxLength": 35,
            "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
            "x-kubernetes-validations": [
              {
                "rule": "self == self",
                "message": "write one moment, not a list"
              }
            ]
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the operator found. Written by the operator only.",
        "properties": {
          "observedGeneration": {
            "type": "integer",
            "format": "int64",
            "description": "The metadata.generation this status speaks of.",
            "minimum": 0
          },
          "granted": {
            "type": "integer",
            "format": "int32",
            "description": "Users who hold it now.",
            "minimum": 0
          },
          "subjects": {
            "type": "integer",
            "format": "int32",
            "description": "Users of the company that it names or selects, whether they hold it or not.",
            "minimum": 0
          },
          "conditions": {
            "type": "array",
            "description": "Ready: every user it names holds it, or the reason why not.",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the operator."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  },
  "ForkPolicy": {
    "type": "object",
    "description": "Compiled policy that media nodes enforce - a company's settings in effect and a shard of its users. Written by the operator only; an edit by hand is overwritten.",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object"
      },
      "spec": {
        "type": "object",
        "x-kubernetes-map-type": "atomic",
        "description": "Settings and users, normalised and with every reference resolved.",
        "required": [
          "companyRef",
          "revision",
          "shard",
          "company",
          "users"
        ],
        "properties": {
          "companyRef": {
            "type": "object",
            "description": "The company it belongs to, in the same namespace. Immutable.",
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown).",
                "minLength": 1,
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == oldSelf",
                    "message": "companyRef is immutable; make a new object in the other company"
                  }
                ]
              }
            }
          },
          "revision": {
            "type": "string",
            "description": "Hash of the content, 12 hexadecimal digits. Same content, same revision.",
            "maxLength": 12,
            "pattern": "^[0-9a-f]{12}$"
          },
          "requires": {
            "type": "array",
            "description": "Rules that a media node must know to enforce this policy, since without them it would allow more. One that does not know each of them refuses the users of this shard (PolicyMalformed). Absent - every version enforces it.",
            "x-kubernetes-list-type": "set",
            "maxItems": 16,
            "items": {
              "type": "string",
              "maxLength": 63,
              "pattern": "^[A-Z][A-Za-z0-9]*$"
            }
          },
          "shard": {
            "type": "object",
            "description": "Which users these are - those whose hashed name leaves the remainder index when divided by count.",
            "required": [
              "index",
              "count"
            ],
            "x-kubernetes-validations": [
              {
                "rule": "self.index < self.count",
                "message": "index must be below count",
                "fieldPath": ".index"
              }
            ],
            "properties": {
              "index": {
                "type": "integer",
                "format": "int32",
                "description": "The remainder, from 0.",
                "minimum": 0
              },
              "count": {
                "type": "integer",
                "format": "int32",
                "description": "The divisor, a power of two; shards of one company may differ in it.",
                "minimum": 1
              }
            }
          },
          "company": {
            "type": "object",
            "description": "Settings of the company in effect, the same in each of its shards.",
            "required": [
              "displayName",
              "domains",
              "country",
              "language",
              "mediaPool",
              "listening",
              "audit"
            ],
            "properties": {
              "displayName": {
                "type": "string",
                "description": "Name of the company for people.",
                "minLength": 1,
                "maxLength": 128
              },
              "domains": {
                "type": "array",
                "description": "SIP domains that name the company in calls, lower case.",
                "x-kubernetes-list-type": "set",
                "maxItems": 16,
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 253
                }
              },
              "country": {
                "type": "string",
                "description": "ISO 3166 alpha-2 code for national numbers.",
                "maxLength": 2,
                "pattern": "^[A-Z]{2}$"
              },
              "language": {
                "type": "string",
                "description": "Language of prompts and messages.",
                "enum": [
                  "sv",
                  "en"
                ]
              },
              "mediaPool": {
                "type": "string",
                "description": "Pool of media nodes that enforce this policy.",
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
              },
              "listening": {
                "type": "object",
                "description": "How listening works; see Company.spec.listening.",
                "required": [
                  "enabled",
                  "featureCode",
                  "allowedDevices",
                  "maxListenersPerCall",
                  "maxPolicyAgeSeconds",
                  "sound",
                  "internalCalls"
                ],
                "properties": {
                  "enabled": {
                    "type": "boolean",
                    "description": "false refuses every attempt with ListeningDisabled."
                  },
                  "featureCode": {
                    "type": "string",
                    "description": "Dialled before the fixed number (R8).",
                    "maxLength": 8,
                    "pattern": "^[*#][0-9]{1,6}[*#]$"
                  },
                  "allowedDevices": {
                    "type": "array",
                    "description": "Kinds of device one may listen from (R8).",
                    "x-kubernetes-list-type": "set",
                    "maxItems": 5,
                    "items": {
                      "type": "string",
                      "enum": [
                        "MobileSubscription",
                        "MobileApp",
                        "Desk",
                        "Softphone",
                        "Browser"
                      ]
                    }
                  },
                  "maxListenersPerCall": {
                    "type": "integer",
                    "format": "int32",
                    "description": "How many may listen to one call at once (R7).",
                    "minimum": 1,
                    "maximum": 50
                  },
                  "maxPolicyAgeSeconds": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Seconds after which an unconfirmed policy refuses listening (PolicyStale).",
                    "minimum": 5,
                    "maximum": 86400
                  },
                  "sound": {
                    "type": "string",
                    "description": "Sound that the target hears (R6).",
                    "enum": [
                      "TwoNotes",
                      "OneNote"
                    ]
                  },
                  "internalCalls": {
                    "type": "string",
                    "description": "Whose profile a call between colleagues asks (R4).",
                    "enum": [
                      "Target",
                      "Both"
                    ]
                  }
                }
              },
              "audit": {
                "type": "object",
                "description": "How records are kept.",
                "required": [
                  "retentionDays"
                ],
                "properties": {
                  "retentionDays": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Days that a record is kept.",
                    "minimum": 1,
                    "maximum": 3650
                  }
                }
              }
            }
          },
          "users": {
            "type": "array",
            "description": "The users of this shard.",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "name"
            ],
            "maxItems": 128,
            "items": {
              "type": "object",
              "description": "One user, with what decides about them.",
              "required": [
                "name",
                "displayName",
                "devices",
                "licensed",
                "mayListen",
                "profiles",
                "activeProfile"
              ],
              "x-kubernetes-validations": [
                {
                  "rule": "!has(self.licensedUntil) || self.licensed",
                  "message": "licensedUntil says when the licence ends, so it needs licensed true"
                },
                {
                  "rule": "!has(self.mayListenUntil) || self.mayListen",
                  "message": "mayListenUntil says when the right ends, so it needs mayListen true"
                }
              ],
              "properties": {
                "name": {
                  "type": "string",
                  "description": "metadata.name of the User.",
                  "minLength": 1,
                  "maxLength": 63
                },
                "displayName": {
                  "type": "string",
                  "description": "Name of the user for people.",
                  "minLength": 1,
                  "maxLength": 128
                },
                "extension": {
                  "type": "string",
                  "description": "Short number within the company.",
                  "maxLength": 8,
                  "pattern": "^[0-9]{2,8}$"
                },
                "fixedNumber": {
                  "type": "string",
                  "description": "The number that names the person (R9), E.164.",
                  "maxLength": 16,
                  "pattern": "^\\+[1-9][0-9]{3,14}$"
                },
                "devices": {
                  "type": "array",
                  "description": "Devices of the user.",
                  "x-kubernetes-list-type": "map",
                  "x-kubernetes-list-map-keys": [
                    "name"
                  ],
                  "maxItems": 16,
                  "items": {
                    "type": "object",
                    "description": "One device of the user.",
                    "required": [
                      "name",
                      "kind"
                    ],
                    "properties": {
                      "name": {
                        "type": "string",
                        "description": "Name of the device, unique within the user.",
                        "minLength": 1,
                        "maxLength": 63
                      },
                      "kind": {
                        "type": "string",
                        "description": "What the device is (R8).",
                        "enum": [
                          "MobileSubscription",
                          "MobileApp",
                          "Desk",
                          "Softphone",
                          "Browser"
                        ]
                      },
                      "number": {
                        "type": "string",
                        "description": "The device's own number, E.164.",
                        "maxLength": 16,
                        "pattern": "^\\+[1-9][0-9]{3,14}$"
                      },
                      "address": {
                        "type": "string",
                        "description": "SIP address of the device, user@host in lower case.",
                        "maxLength": 255,
                        "pattern": "^[^\\sA-Z@]+@[^\\sA-Z@]+$"
                      }
                    }
                  }
                },
                "licensed": {
                  "type": "boolean",
                  "description": "Holds the licence (R1), until licensedUntil where that is given."
                },
                "licensedUntil": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When the licence ends. Absent - no end is known.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "mayListen": {
                  "type": "boolean",
                  "description": "Holds the right (R2), until mayListenUntil where that is given."
                },
                "mayListenUntil": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When the right ends. Absent - no end is known.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "profiles": {
                  "type": "array",
                  "description": "The user's profiles that exist, and whether each allows listening (R4).",
                  "x-kubernetes-list-type": "map",
                  "x-kubernetes-list-map-keys": [
                    "name"
                  ],
                  "maxItems": 16,
                  "items": {
                    "type": "object",
                    "description": "One profile.",
                    "required": [
                      "name",
                      "allowListening"
                    ],
                    "properties": {
                      "name": {
                        "type": "string",
                        "description": "Name of the profile.",
                        "minLength": 1,
                        "maxLength": 63
                      },
                      "allowListening": {
                        "type": "boolean",
                        "description": "May colleagues listen to calls that start in it?"
                      }
                    }
                  }
                },
                "activeProfile": {
                  "type": "object",
                  "description": "The profile that is active now. One that is not among profiles refuses (ProfileAtStartUnknown).",
                  "required": [
                    "name"
                  ],
                  "properties": {
                    "name": {
                      "type": "string",
                      "description": "Name of the active profile.",
                      "minLength": 1,
                      "maxLength": 63
                    },
                    "since": {
                      "type": "string",
                      "format": "date-time",
                      "description": "When it became active. Absent - since always.",
                      "maxLength": 35,
                      "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                      "x-kubernetes-validations": [
                        {
                          "rule": "self == self",
                          "message": "write one moment, not a list"
                        }
                      ]
                    }
                  }
                },
                "subject": {
                  "type": "string",
                  "description": "The user's login, for the HTTP API.",
                  "minLength": 1,
                  "maxLength": 255
                }
              }
            }
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the operator found. Written by the operator only.",
        "properties": {
          "conditions": {
            "type": "array",
            "description": "Ready: written by the operator as it stands.",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the operator."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  },
  "MediaNode": {
    "type": "object",
    "description": "One media node - an rtpengine that carries calls, with its sidecar and listening engine. Written by the sidecar itself; the operator reads from it who enforces which policy.",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object"
      },
      "spec": {
        "type": "object",
        "description": "Where the node belongs and how others reach it.",
        "default": {},
        "properties": {
          "pool": {
            "type": "string",
            "description": "Pool that the node belongs to; it enforces the policies of the companies of that pool.",
            "default": "default",
            "maxLength": 63,
            "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
          },
          "address": {
            "type": "string",
            "description": "host:port at which other nodes ask this one over mutual TLS. Absent - no other node can ask it.",
            "minLength": 3,
            "maxLength": 261,
            "pattern": "^(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9.-]+):[0-9]{1,5}$"
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the sidecar sees. Written by the sidecar of this node only.",
        "properties": {
          "observedGeneration": {
            "type": "integer",
            "format": "int64",
            "description": "The metadata.generation this status speaks of.",
            "minimum": 0
          },
          "versions": {
            "type": "object",
            "description": "What runs here.",
            "properties": {
              "sidecar": {
                "type": "string",
                "description": "Version of the sidecar.",
                "maxLength": 64
              },
              "callEngine": {
                "type": "string",
                "description": "Version that the call engine gives of itself. Absent - not known yet.",
                "maxLength": 64
              },
              "listeningEngine": {
                "type": "string",
                "description": "Version that the listening engine gives of itself. Absent - not known yet.",
                "maxLength": 64
              }
            }
          },
          "policyResourceVersion": {
            "type": "string",
            "description": "How far the changes of ForkPolicies are enforced here - a policy of the pool whose resourceVersion is no higher is in force. Absent - none, listening is refused.",
            "maxLength": 64
          },
          "lastHeartbeatTime": {
            "type": "string",
            "format": "date-time",
            "description": "When the sidecar last wrote this status, at least every 20 s. A node that has been silent for 60 s does not count as enforcing anything.",
            "maxLength": 35,
            "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
            "x-kubernetes-validations": [
              {
                "rule": "self == self",
                "message": "write one moment, not a list"
              }
            ]
          },
          "mirror": {
            "type": "object",
            "description": "How the node watches calls.",
            "required": [
              "state"
            ],
            "properties": {
              "state": {
                "type": "string",
                "description": "Connected - the call engine mirrors its control traffic here. Down - it should but does not; calls are re-listed meanwhile. Polling - configured so, for engines without the mirror.",
                "enum": [
                  "Connected",
                  "Down",
                  "Polling"
                ]
              },
              "since": {
                "type": "string",
                "format": "date-time",
                "description": "When state last changed.",
                "maxLength": 35,
                "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == self",
                    "message": "write one moment, not a list"
                  }
                ]
              },
              "missed": {
                "type": "integer",
                "format": "int64",
                "description": "Calls that the mirror did not show and a re-list found, since the sidecar started.",
                "minimum": 0
              }
            }
          },
          "audit": {
            "type": "object",
            "description": "Where the chain of audit records of this node ends. A chain that does not have this row was cut short or made anew. Absent - no record yet.",
            "required": [
              "rows",
              "head"
            ],
            "properties": {
              "rows": {
                "type": "integer",
                "format": "int64",
                "description": "Place of the last row; counted from 1.",
                "minimum": 1
              },
              "head": {
                "type": "string",
                "description": "Hash of the last row, SHA-256 in hex.",
                "maxLength": 64,
                "pattern": "^[0-9a-f]{64}$"
              }
            }
          },
          "calls": {
            "type": "integer",
            "format": "int32",
            "description": "Calls that are up on this node.",
            "minimum": 0
          },
          "listens": {
            "type": "integer",
            "format": "int32",
            "description": "Listens that are up on this node.",
            "minimum": 0
          },
          "conditions": {
            "type": "array",
            "description": "Ready - a policy is applied and both engines answer. PolicyApplied - False where a policy of the pool could not be read, so that its users are refused (PolicyMalformed). AuditIntact - False where audit records that were written are gone from the store (RowsMissing).",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the sidecar."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  },
  "Profile": {
    "type": "object",
    "description": "A presence mode such as \"Inne\", \"Kundtjänst\" or \"Lunch\". A user has several, one is active. Whether the one that was active when a call started allows listening decides for the whole call (R4).",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 63
          }
        }
      },
      "spec": {
        "type": "object",
        "description": "What the profile means.",
        "required": [
          "companyRef",
          "displayName"
        ],
        "properties": {
          "companyRef": {
            "type": "object",
            "description": "The company it belongs to, in the same namespace. Immutable.",
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown).",
                "minLength": 1,
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == oldSelf",
                    "message": "companyRef is immutable; make a new object in the other company"
                  }
                ]
              }
            }
          },
          "displayName": {
            "type": "string",
            "description": "Name of the profile for people, 1 to 128 characters.",
            "minLength": 1,
            "maxLength": 128
          },
          "allowListening": {
            "type": "boolean",
            "description": "\"Tillåt medlyssning\": may colleagues listen to calls that start while this profile is active (R4)? Setting it to false ends listening to such calls at once; setting it to true does not open calls that have started. To switch profile during a call changes nothing for that call.",
            "default": false
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the operator found. Written by the operator only.",
        "properties": {
          "observedGeneration": {
            "type": "integer",
            "format": "int64",
            "description": "The metadata.generation this status speaks of.",
            "minimum": 0
          },
          "conditions": {
            "type": "array",
            "description": "Ready: the profile is in the policy of its company, or the reason why not.",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the operator."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  },
  "User": {
    "type": "object",
    "description": "A person of a company. Their fixed number names the person, even when the call is on the mobile (R9).",
    "required": [
      "spec"
    ],
    "properties": {
      "apiVersion": {
        "type": "string"
      },
      "kind": {
        "type": "string"
      },
      "metadata": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 63
          }
        }
      },
      "spec": {
        "type": "object",
        "description": "Who the user is and which devices are theirs.",
        "required": [
          "companyRef",
          "displayName",
          "profiles"
        ],
        "properties": {
          "companyRef": {
            "type": "object",
            "description": "The company it belongs to, in the same namespace. Immutable.",
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "metadata.name of the Company. One that does not exist makes this object not Ready (CompanyUnknown).",
                "minLength": 1,
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == oldSelf",
                    "message": "companyRef is immutable; make a new object in the other company"
                  }
                ]
              }
            }
          },
          "displayName": {
            "type": "string",
            "description": "Name of the user for people, shown to the one they listen to (R6). 1 to 128 characters.",
            "minLength": 1,
            "maxLength": 128
          },
          "extension": {
            "type": "string",
            "description": "Short number within the company, 2 to 8 digits. Claimed by two users it names neither (ExtensionTaken).",
            "maxLength": 8,
            "pattern": "^[0-9]{2,8}$"
          },
          "fixedNumber": {
            "type": "string",
            "description": "The number that names this person (R9), national or international: 08-465 004 01 and +46846500401 are the same. Must lie in the company's numberRanges (else NumberOutsideRange) and be claimed by nobody else (else NumberTaken); a number that fails is left out and nobody is reached by it.",
            "maxLength": 32,
            "pattern": "^\\+?[0-9][0-9 ()/.-]{1,30}$"
          },
          "devices": {
            "type": "array",
            "description": "Devices of this user. Listening from a device that is not here is refused (R8, DeviceUnknown).",
            "default": [],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "name"
            ],
            "maxItems": 16,
            "x-kubernetes-validations": [
              {
                "rule": "self.all(d, !has(d.number) || self.exists_one(e, has(e.number) && e.number == d.number))",
                "message": "two devices of a user cannot have the same number"
              },
              {
                "rule": "self.all(d, !has(d.address) || self.exists_one(e, has(e.address) && e.address == d.address))",
                "message": "two devices of a user cannot have the same address"
              }
            ],
            "items": {
              "type": "object",
              "description": "One device of the user.",
              "required": [
                "name",
                "kind"
              ],
              "x-kubernetes-validations": [
                {
                  "rule": "has(self.number) || has(self.address)",
                  "message": "a device needs a number or an address, or the PBX cannot say that it is the one in use"
                },
                {
                  "rule": "self.kind != 'MobileSubscription' || has(self.number)",
                  "message": "a MobileSubscription needs its number",
                  "fieldPath": ".number"
                }
              ],
              "properties": {
                "name": {
                  "type": "string",
                  "description": "Name of the device, unique within the user; what the PBX may say in the device header.",
                  "minLength": 1,
                  "maxLength": 63,
                  "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
                },
                "kind": {
                  "type": "string",
                  "description": "What the device is (R8). A mobile with a SIM of the company is a MobileSubscription; the app on a mobile is a MobileApp, and is refused by default.",
                  "enum": [
                    "MobileSubscription",
                    "MobileApp",
                    "Desk",
                    "Softphone",
                    "Browser"
                  ]
                },
                "number": {
                  "type": "string",
                  "description": "The device's own number, national or international. Needed for a MobileSubscription.",
                  "maxLength": 32,
                  "pattern": "^\\+?[0-9][0-9 ()/.-]{1,30}$"
                },
                "address": {
                  "type": "string",
                  "description": "SIP address of the device as user@host, without the sip scheme.",
                  "maxLength": 255,
                  "pattern": "^[A-Za-z0-9_.!~*'()&=+$,;?/%-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,188}[A-Za-z0-9])?$"
                }
              }
            }
          },
          "profiles": {
            "type": "array",
            "description": "Names of the user's profiles; the first is the default. A name without a Profile makes the user not Ready (ProfileUnknown), and calls that start in it cannot be listened to.",
            "x-kubernetes-list-type": "set",
            "minItems": 1,
            "maxItems": 16,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63,
              "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
            }
          },
          "subject": {
            "type": "string",
            "description": "The user's login (the \"sub\" of their token), for the HTTP API. Absent - no login, only phones.",
            "minLength": 1,
            "maxLength": 255
          }
        }
      },
      "status": {
        "type": "object",
        "default": {},
        "description": "What the PBX says (activeProfile) and what the operator found (all else).",
        "properties": {
          "observedGeneration": {
            "type": "integer",
            "format": "int64",
            "description": "The metadata.generation this status speaks of.",
            "minimum": 0
          },
          "activeProfile": {
            "type": "object",
            "description": "The profile that is active now, written by the PBX through the media sidecar. Absent - the first of spec.profiles, since always.",
            "required": [
              "name",
              "since"
            ],
            "properties": {
              "name": {
                "type": "string",
                "description": "Name of the active profile.",
                "minLength": 1,
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
              },
              "since": {
                "type": "string",
                "format": "date-time",
                "description": "When it became active. A call that started before then, and that nobody saw start, cannot be listened to (ProfileAtStartUnknown).",
                "maxLength": 35,
                "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                "x-kubernetes-validations": [
                  {
                    "rule": "self == self",
                    "message": "write one moment, not a list"
                  }
                ]
              },
              "previous": {
                "type": "string",
                "description": "Name of the profile that was active before, for people.",
                "maxLength": 63,
                "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
              }
            }
          },
          "licensed": {
            "type": "boolean",
            "description": "Does the user hold the licence now (R1)?"
          },
          "mayListen": {
            "type": "boolean",
            "description": "Does the user hold the right to listen now (R2)?"
          },
          "conditions": {
            "type": "array",
            "description": "Ready: the user is in the policy of the company as written. Licensed (R1), MayListen (R2), Listenable: could a call that starts now be listened to (R1, R4)?",
            "default": [
              {
                "type": "Ready",
                "status": "Unknown",
                "lastTransitionTime": "1970-01-01T00:00:00Z",
                "reason": "Pending",
                "message": "Waiting for the operator."
              }
            ],
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": [
              "type"
            ],
            "maxItems": 16,
            "items": {
              "type": "object",
              "description": "One aspect of the state of the object.",
              "required": [
                "type",
                "status",
                "lastTransitionTime",
                "reason",
                "message"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "Name of the aspect, PascalCase.",
                  "maxLength": 63,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "status": {
                  "type": "string",
                  "description": "Whether the aspect holds.",
                  "enum": [
                    "True",
                    "False",
                    "Unknown"
                  ]
                },
                "observedGeneration": {
                  "type": "integer",
                  "format": "int64",
                  "description": "The metadata.generation this condition speaks of.",
                  "minimum": 0
                },
                "lastTransitionTime": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When status last changed.",
                  "maxLength": 35,
                  "pattern": "^[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
                  "x-kubernetes-validations": [
                    {
                      "rule": "self == self",
                      "message": "write one moment, not a list"
                    }
                  ]
                },
                "reason": {
                  "type": "string",
                  "description": "Stable code for programs, PascalCase.",
                  "minLength": 1,
                  "maxLength": 128,
                  "pattern": "^[A-Z][A-Za-z0-9]*$"
                },
                "message": {
                  "type": "string",
                  "description": "A sentence for people. Never has a full phone number.",
                  "maxLength": 1024
                }
              }
            }
          }
        }
      }
    }
  }
};
