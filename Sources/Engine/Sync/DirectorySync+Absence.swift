internal import Configuration
internal import Identity
internal import Store

// What a read owes where it could not decide who is gone, and where those are now.
extension DirectorySync {
    /// After who is gone was decided.
    func lookElsewhere(on session: borrowing DirectorySession, isFull: Bool) throws {
        guard mayBelieveAbsence else { return }
        try ElsewherePass(run: run, isFull: isFull).carryOut(on: session)
    }

    /// Before anything of a read is stored that may not come to decide who is gone.
    ///
    /// A server that lags shows as present who is gone, and a read that is cut off shows nobody's absence:
    /// the changes that are followed afterwards, of this server or another one, never name them. So the
    /// debt is noted first, and a read that has decided about everybody clears it.
    func oweAbsence() throws {
        guard try !StreamTable.owesAbsence(directory: run.directory, in: run.store),
            try !StreamTable.isEmpty(directory: run.directory, in: run.store)
        else { return }
        try run.store.write { transaction in
            try StreamTable.setOwesAbsence(true, directory: run.directory, in: transaction)
        }
    }

    /// Whom a server that lags behind does not show: what becomes of them waits until it has caught up.
    func noteUnseen(_ pass: UserPass, _ seen: SeenRows<UserID>) throws {
        let unseen =
            try UserCounts(of: run.directory, missingSince: run.now, in: run.store).present
            - seen.count
        guard unseen > 0 else { return }
        pass.report.isUnfinished = true
        pass.report.notes.append(
            "\(unseen == 1 ? "a user is" : "\(unseen) users are") not there: not believed before the server has caught up"
        )
    }
}
