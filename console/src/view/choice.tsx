/** One of several, of which one is on. */
export const Choice = ({ label, on, choose }: { label: string; on: boolean; choose: () => void }) => (
  <button type="button" aria-pressed={on} onClick={choose}>
    {label}
  </button>
);
