internal import Glibc
internal import Synchronization

/// A thread that works off pieces one after another while its owner prepares the next one.
///
/// The owner takes back what became of a piece before it gives the next: at most one is under way,
/// so that memory does not grow with the work. The thread ends with its owner.
final class Handover<Piece: Sendable, Outcome: Sendable> {
    private let exchange: Exchange<Piece, Outcome>
    private let thread: pthread_t
    private var isBusy = false

    /// `work` runs on the thread until `next` gives it nil; what it keeps is made there.
    ///
    /// nil where the system has no thread or no descriptor to give.
    init?(_ work: @escaping @Sendable (Exchange<Piece, Outcome>) -> Void) {
        guard let exchange = Exchange<Piece, Outcome>(),
            let thread = ThreadBody.start({ work(exchange) })
        else { return nil }
        self.exchange = exchange
        self.thread = thread
    }

    deinit {
        exchange.close()
        pthread_join(thread, nil)
    }

    /// After `take`.
    func give(_ piece: Piece) {
        exchange.put(piece)
        isBusy = true
    }

    /// Waits for what is under way; nil where nothing is.
    func take() -> Outcome? {
        guard isBusy else { return nil }
        isBusy = false
        return exchange.takeOutcome()
    }
}

/// What a thread is begun with.
private final class ThreadBody: Sendable {
    private let run: @Sendable () -> Void

    private init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }

    static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
        let body = unsafe Unmanaged.passRetained(ThreadBody(run))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            unsafe body.release()
            return nil
        }
        return thread
    }
}
