import { useEffect, useState } from 'preact/hooks';
import { ProblemAnswer } from '../api/problem-answer.ts';
import { createConsole } from '../live/console.ts';
import { returned, type Session, signIn, wasSignedIn } from '../session/session.ts';
import { fetchSettings, type Settings } from '../session/settings.ts';
import { keepLanguage, languageNow, type Texts, texts } from '../texts/texts.ts';
import { Desk, type DeskParts } from './desk.tsx';
import { SignIn } from './sign-in.tsx';

type Stage =
  | { readonly kind: 'opening' }
  | { readonly kind: 'out'; readonly settings?: Settings; readonly problem?: (texts: Texts) => string }
  | ({ readonly kind: 'in' } & Pick<DeskParts, 'console' | 'session'>);

/** Everything: before signing in, and after. */
export const Page = () => {
  const [language, setLanguage] = useState(languageNow);
  const [stage, setStage] = useState<Stage>({ kind: 'opening' });
  const said = texts[language];
  useEffect(() => void open(setStage), []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const switchLanguage = () => {
    const other = language === 'sv' ? 'en' : 'sv';
    keepLanguage(other);
    setLanguage(other);
  };
  if (stage.kind === 'in')
    return (
      <Desk console={stage.console} session={stage.session} {...{ texts: said, language, switchLanguage }} />
    );
  const begin =
    stage.kind === 'out' && stage.settings
      ? () => void signIn(stage.settings as Settings).catch(() => setStage({ ...stage, problem: failed }))
      : undefined;
  return (
    <SignIn
      texts={said}
      language={language}
      switchLanguage={switchLanguage}
      isOpening={stage.kind === 'opening'}
      begin={begin}
      problem={stage.kind === 'out' ? stage.problem?.(said) : undefined}
    />
  );
};

const failed = (texts: Texts) => texts.signInFailed;

/** Goes on after the issuer, or to the issuer where somebody was signed in before the page was loaded anew. */
const open = async (show: (stage: Stage) => void): Promise<void> => {
  let settings: Settings;
  try {
    settings = await fetchSettings();
  } catch {
    return show({ kind: 'out', problem: (texts) => texts.notSetUp });
  }
  const isBack = new URL(location.href).searchParams.has('state');
  try {
    const session = await returned(settings);
    if (session) return show({ kind: 'in', session, console: consoleOf(session, settings, show) });
    if (isBack) return show({ kind: 'out', settings, problem: failed });
    if (wasSignedIn()) return await signIn(settings);
    show({ kind: 'out', settings });
  } catch {
    show({ kind: 'out', settings, problem: failed });
  }
};

const consoleOf = (session: Session, settings: Settings, show: (stage: Stage) => void) =>
  createConsole(session, (error) => {
    const reason = error instanceof ProblemAnswer ? error.reason : 'Unreachable';
    const isOver = reason === 'Unauthenticated';
    show({ kind: 'out', settings, problem: (texts) => (isOver ? texts.sessionOver : texts.problem(reason)) });
  });
