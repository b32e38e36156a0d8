import { useEffect, useRef } from 'preact/hooks';

/** How loud it is: moves with every frame, and says so a few times a second. */
export const LevelMeter = ({ label, level }: { label: string; level: () => number }) => {
  const meter = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    let shown = 0;
    const draw = () => {
      // rises at once, falls slowly
      shown = Math.max(level(), shown * 0.94);
      if (bar.current) bar.current.style.clipPath = `inset(0 ${(100 * (1 - shown)).toFixed(1)}% 0 0)`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    const say = () => meter.current?.setAttribute('aria-valuenow', String(Math.round(100 * shown)));
    const timer = setInterval(say, 250);
    return () => {
      cancelAnimationFrame(frame);
      clearInterval(timer);
    };
  }, [level]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be moved with every frame without being read out as often
    <div
      class="meter"
      ref={meter}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <div class="bar" ref={bar} />
    </div>
  );
};
