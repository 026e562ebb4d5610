/**
 * Does `work` whenever asked, once at a time: who asks while it is under way has it done once more
 * afterwards, however often that is asked.
 */
export function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return () => {
    again = true;
    if (running) return;
    running = true;
    const run = async () => {
      while (again) {
        again = false;
        await work();
      }
    };
    void run().finally(() => {
      running = false;
    });
  };
}
