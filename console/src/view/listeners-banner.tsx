import type { Texts } from '../texts/texts.ts';

/** R6: whoever is listened to sees who listens, and cannot overlook it. It is in the page always, so that a screen reader follows it. */
export const ListenersBanner = ({ texts, said }: { texts: Texts; said: string | undefined }) => (
  <div class="listeners" role="alert" aria-atomic="true">
    {said !== undefined && (
      <p>
        <span class="pulse" aria-hidden="true" />
        <strong>{said}</strong> {texts.banner}
      </p>
    )}
  </div>
);
