internal import LDAP
internal import LDAPClient

/// Takes in the pages of a read of everything: what one page says is told while the next one is read.
///
/// Where nobody is in the store yet, the other half of the work goes on beside the read as well: see
/// `FirstLoad`.
final class LoadPages {
    private let intake: UserIntake
    /// nil: there are users in the store.
    private let first: FirstLoad?
    private var sieve: Handover<[Entry], PageSieve.Outcome>?
    /// What the thread of the sieve has in hand.
    private var inSieve: (page: [Entry], unreadable: [UnreadableEntry])?
    /// A directory of one page needs no thread.
    private var isPastFirstPage = false

    init(_ intake: UserIntake, isFirst: Bool) {
        self.intake = intake
        first = isFirst ? FirstLoad(intake) : nil
    }

    /// Takes the page in, one page later from the second page on; `flush` takes the last one.
    func take(_ page: [Entry], unreadable: [UnreadableEntry]) throws {
        if let first, first.isAlone {
            isPastFirstPage = true
            return try first.take(page, unreadable: unreadable)
        }
        guard isPastFirstPage, let sieve = sieve ?? intake.makeSieve() else {
            isPastFirstPage = true
            return try intake.take(page, unreadable: unreadable)
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
        try first?.flush()
    }

    private func takeSifted() throws {
        guard let outcome = sieve?.take(), let (page, unreadable) = inSieve else { return }
        inSieve = nil
        switch outcome {
        case .sifted(let unchanged):
            try intake.take(page, unreadable: unreadable, unchanged: unchanged)
        case .failed(let error): throw error
        }
    }
}
