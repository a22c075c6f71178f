internal import LDAP
internal import LDAPClient
internal import Store

/// A read of everything: what one page says is told while the next one is read.
extension UserPass {
    /// `take`, one page later from the second page on; `flush` takes the last one.
    func takeInTurn(_ page: [Entry], unreadable: [UnreadableEntry]) throws {
        guard !isLoading, isPastFirstPage, let sieve = sieve ?? makeSieve() else {
            isPastFirstPage = true
            return try take(page, unreadable: unreadable)
        }
        self.sieve = sieve
        try takeSifted()
        sieve.give(page)
        inSieve = (page, unreadable)
    }

    /// Takes what has been read and not yet been taken, and ends the threads.
    func flush() throws {
        defer { sieve = nil }
        try takeSifted()
        try flushLoad()
    }

    private func makeSieve() -> Handover<[Entry], PageSieve.Outcome>? {
        let sieve = PageSieve(path: run.store.path, directory: run.directory, glance: glance)
        return Handover { sieve.work($0) }
    }

    private func takeSifted() throws {
        guard let outcome = sieve?.take(), let (page, unreadable) = inSieve else { return }
        inSieve = nil
        switch outcome {
        case .sifted(let unchanged): try take(page, unreadable: unreadable, unchanged: unchanged)
        case .failed(let error): throw error
        }
    }
}
