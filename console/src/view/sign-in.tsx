import { LanguageSwitch, type Speaks } from './language-switch.tsx';

export interface SignInParts extends Speaks {
  readonly isOpening: boolean;
  readonly begin: (() => void) | undefined;
  readonly problem: string | undefined;
}

/** Before anybody is signed in. */
export const SignIn = ({ isOpening, begin, problem, ...speaks }: SignInParts) => {
  const { texts } = speaks;
  return (
    <main class="sign-in">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <h1>{texts.title}</h1>
      <p>{texts.intro}</p>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {isOpening && <p role="status">{texts.loading}</p>}
      {begin && (
        <button type="button" class="primary" onClick={begin}>
          {texts.signIn}
        </button>
      )}
      <LanguageSwitch {...speaks} />
    </main>
  );
};
