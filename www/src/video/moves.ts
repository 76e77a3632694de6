// Has the element left, or is it only being moved? A framework that moves it removes it first; two frames later
// it is in its new place, or gone. A hidden page draws no frames, so a timer decides there.

const WITHOUT_FRAMES_MS = 500;

/** Calls back once; returns how to prevent it. */
export function afterTwoFrames(done: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(finish);
  });
  const timer = setTimeout(finish, WITHOUT_FRAMES_MS);
  return cancel;

  function finish(): void {
    cancel();
    done();
  }

  function cancel(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  }
}
