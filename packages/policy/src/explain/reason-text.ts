import type { AdmissionReason, EndReason } from '../reasons.ts';

/** Languages that people are spoken to in, as `Company.spec.language`. */
export type Language = 'sv' | 'en';

type Texts = Readonly<Record<AdmissionReason | EndReason, string>>;

const english: Texts = {
  Allowed: 'Listening is allowed.',
  ListenerUnknown: 'You are not known here.',
  ListeningDisabled: 'Listening is switched off in the company.',
  PolicyStale: 'Who may listen could not be confirmed for too long; try again later.',
  ListenerLicenseMissing: 'You lack the licence that listening needs.',
  ListenerRightMissing: 'You lack the right to listen.',
  DeviceUnknown: 'It is not known which of your devices you call from.',
  DeviceNotAllowed: 'You may not listen from this kind of device.',
  TargetUnknown: 'The number does not name a colleague.',
  TargetIsListener: 'You cannot listen to yourself.',
  TargetLicenseMissing: 'Your colleague lacks the licence that listening needs.',
  TargetNotInCall: 'Your colleague is not in a call.',
  ProfileAtStartUnknown: 'The profile that was active when the call started is not known.',
  ProfileForbids: 'The profile that was active when the call started does not allow listening.',
  ListenerLineBusy: 'You are in a call or listening already.',
  TooManyListeners: 'As many as may are listening to this call already.',
  ToneFailed: 'The sound that tells your colleague could not be played, so listening did not start.',
  MediaFailed: 'The audio could not be brought to you.',
  AuditUnavailable: 'The attempt could not be recorded, so listening did not start.',
  Draining: 'This media node is being taken out of service; try again.',
  ListenerHungUp: 'The listener hung up.',
  CallEnded: 'The call ended.',
  TargetLeft: 'The colleague left the call.',
  Revoked: 'What allowed the listening was taken away.',
  Stopped: 'The listening was stopped.',
  NodeEnded: 'The media node stopped without warning, and the listening with it.',
};

const swedish: Texts = {
  Allowed: 'Medlyssning är tillåten.',
  ListenerUnknown: 'Du är inte känd här.',
  ListeningDisabled: 'Medlyssning är avstängd i företaget.',
  PolicyStale: 'Vem som får lyssna har inte kunnat bekräftas på för länge; försök senare.',
  ListenerLicenseMissing: 'Du saknar licensen som medlyssning kräver.',
  ListenerRightMissing: 'Du saknar rättigheten att lyssna.',
  DeviceUnknown: 'Det är inte känt vilken av dina enheter du ringer från.',
  DeviceNotAllowed: 'Du får inte lyssna från den här sortens enhet.',
  TargetUnknown: 'Numret hör inte till någon kollega.',
  TargetIsListener: 'Du kan inte lyssna på dig själv.',
  TargetLicenseMissing: 'Din kollega saknar licensen som medlyssning kräver.',
  TargetNotInCall: 'Din kollega är inte i något samtal.',
  ProfileAtStartUnknown: 'Det är inte känt vilken profil som gällde när samtalet började.',
  ProfileForbids: 'Profilen som gällde när samtalet började tillåter inte medlyssning.',
  ListenerLineBusy: 'Du är redan i ett samtal eller lyssnar redan.',
  TooManyListeners: 'Så många som får lyssnar redan på samtalet.',
  ToneFailed: 'Ljudet som säger till din kollega kunde inte spelas, så medlyssningen började inte.',
  MediaFailed: 'Ljudet kunde inte föras fram till dig.',
  AuditUnavailable: 'Försöket kunde inte antecknas, så medlyssningen började inte.',
  Draining: 'Den här medianoden tas ur drift; försök igen.',
  ListenerHungUp: 'Den som lyssnade lade på.',
  CallEnded: 'Samtalet tog slut.',
  TargetLeft: 'Kollegan lämnade samtalet.',
  Revoked: 'Det som tillät medlyssningen togs bort.',
  Stopped: 'Medlyssningen stoppades.',
  NodeEnded: 'Medianoden stannade utan förvarning, och medlyssningen med den.',
};

const texts: Readonly<Record<Language, Texts>> = { en: english, sv: swedish };

/**
 * One sentence for a reason, for SIP `Warning`, prompts and logs. It names nobody and no number, and for those without
 * licence or right says nothing about the target.
 */
export function reasonText(reason: AdmissionReason | EndReason, language: Language): string {
  return texts[language][reason];
}
