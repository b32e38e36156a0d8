/** The policy core: resources of the API in, decisions out. Pure throughout; nothing here reads a file or a socket. */
export { type Compiled, type CompileInput, compile, createCompiler } from './compile/compile.ts';
export {
  type CompiledAll,
  type CompiledStatus,
  companyUnknown,
  createCompilerOfAll,
  domainTaken,
} from './compile/compile-all.ts';
export { type Conditioned, conditionsOf, type Finding, observed, readyFinding } from './compile/condition.ts';
export { forkPolicyName } from './compile/fork-policy.ts';
export { type LackReason, lackReasons } from './compile/lack-reasons.ts';
export { decide } from './decide/decide.ts';
export type { AskingDevice, DecideInput, ProfileAtStart, TargetCall } from './decide/decide-input.ts';
export type { StandingInput } from './decide/rule.ts';
export { stillAllowed } from './decide/still-allowed.ts';
export type { RuleId, RuleOutcome, Verdict } from './decide/verdict.ts';
export { type ExplainNames, explainVerdict, ruleQuestion } from './explain/explain-verdict.ts';
export { type Language, reasonText } from './explain/reason-text.ts';
export type * from './generated/resources.ts';
export { type Kind, schemas } from './generated/schemas.ts';
export { deviceByIdentity } from './lookup/device-by-identity.ts';
export { PolicyIndex } from './lookup/policy-index.ts';
export type { CompanyPolicy, DeviceKind, DeviceRow, UserRow } from './lookup/user-row.ts';
export { normaliseAddress } from './numbers/normalise-address.ts';
export { normaliseNumber } from './numbers/normalise-number.ts';
export { shortenNumber } from './numbers/shorten-number.ts';
export { type AdmissionReason, admissionReasons, type EndReason, endReasons } from './reasons.ts';
export { checkStored } from './validate/check-stored.ts';
export { didYouMean, nearestName } from './validate/did-you-mean.ts';
export { type ParsedResources, parseResources } from './validate/parse-resources.ts';
export { type ObjectName, placesIn } from './validate/places-in.ts';
export {
  type LocatedResource,
  type Path,
  type Problem,
  pathText,
  problemText,
  type SourceFile,
} from './validate/problem.ts';
export { type ReadForkPolicy, readForkPolicy } from './validate/read-fork-policy.ts';
export { shown } from './validate/shown.ts';
export type { StructuralSchema } from './validate/structural-schema.ts';
