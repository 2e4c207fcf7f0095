//! Work on all cores, results in order, memory bounded.

use crate::error::{Error, Result};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// How many threads work.
#[derive(Debug, Clone, Copy)]
pub struct Threads(NonZero<usize>);

impl Threads {
    /// `threads`, or as many as there are cores for 0.
    pub fn new(threads: usize) -> Self {
        let cores = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        Self(NonZero::new(threads).unwrap_or_else(cores))
    }

    /// How many.
    pub fn count(self) -> usize {
        self.0.get()
    }

    /// Gives `each` the results of `work` on `items`, in their order. The items are made on a thread of their own, a few ahead of the
    /// work; an error of `each` ends it all. Each worker is a pool of one thread, so that what is parallel within the work stays on it:
    /// many notes side by side need no handing over.
    ///
    /// # Errors
    /// The first error of `each`.
    pub fn ordered<T: Send, R: Send>(
        self,
        items: impl Iterator<Item = T> + Send,
        work: impl Fn(T) -> R + Sync,
        mut each: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        type Job<T, R> = (T, SyncSender<R>);
        let ahead = self.count() * 2;
        let (jobs, waiting) = sync_channel::<Job<T, R>>(ahead);
        // The results to come, in order.
        let (promises, promised) = sync_channel::<Receiver<R>>(ahead);
        let waiting = Mutex::new(waiting);
        let pools = (0..self.count()).map(|_| rayon::ThreadPoolBuilder::new().num_threads(1).build()).collect::<Result<Vec<_>, _>>();
        let pools = pools.map_err(|_| Error::OptionInvalid { option: "threads", reason: "the threads cannot be started".into() })?;
        thread::scope(|scope| {
            for pool in &pools {
                let (waiting, work) = (&waiting, &work);
                scope.spawn(move || {
                    pool.install(|| {
                        loop {
                            let job = waiting.lock().map(|waiting| waiting.recv());
                            let Ok(Ok((item, done))) = job else { return };
                            // Nobody waits for it after an error.
                            let _ = done.send(work(item));
                        }
                    });
                });
            }
            scope.spawn(move || {
                for item in items {
                    let (done, result) = sync_channel(1);
                    if promises.send(result).is_err() || jobs.send((item, done)).is_err() {
                        return;
                    }
                }
            });
            for result in promised {
                // A worker that panicked is told of by the scope.
                match result.recv() {
                    Ok(result) => each(result)?,
                    Err(_) => break,
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_and_items_no_further_ahead_than_need_be() {
        let (made, given) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..200).inspect(|_| _ = made.fetch_add(1, Ordering::SeqCst));
        let mut results = Vec::new();
        let work = |i: usize| {
            thread::sleep(Duration::from_micros((i * 37 % 11) as u64 * 20));
            i * 2
        };
        let each = |result| {
            results.push(result);
            let ahead = made.load(Ordering::SeqCst) - given.fetch_add(1, Ordering::SeqCst);
            assert!(ahead <= 3 * 2 + 3 * 2 + 4, "{ahead}");
            Ok(())
        };
        Threads::new(3).ordered(items, work, each).unwrap();
        assert_eq!(results, (0..200).map(|i| i * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_ends_it() {
        let each = |i: usize| if i < 5 { Ok(()) } else { Err(Error::Cancelled) };
        assert_eq!(Threads::new(2).ordered(0.., |i| i, each).unwrap_err().code(), "CANCELLED");
        assert!(Threads::new(0).count() > 0);
    }
}
