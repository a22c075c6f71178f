internal import Configuration
internal import Identity
internal import LDAP
package import Store

/// Finds out whether somebody may still sign in, and changes nothing by it.
package struct SignInTest {
    private let context: EngineContext

    package init(_ context: EngineContext) {
        self.context = context
    }

    /// Throws `DirectoryFailure` where the directory can't be asked.
    package func carryOut(on user: User) throws -> SignInReport {
        let now = context.clock()
        let directory = try context.settings.directory(of: user)
        let shared = try context.sessions.session(directory)
        let dialect = shared.session.dialect
        let asked =
            RefusingPolicy.attributes(dialect) + dialect.lockOutAttributes
            + LockOutPolicy.attributes + OwnCertificates.attributes(directory.users)
        let view = try DirectoryReader(directory: directory, shared: shared, store: context.store)
            .view(of: user, asking: asked, toWithdraw: true, clock: now)
        let account = try account(in: view, on: shared)
        let policy = try policy(of: view.entry, account, user, shared)
        let held = try OwnCertificates(of: view.entry, on: shared.session)
        return SignInReport(
            user: user, at: now, lock: try context.store.lock(of: user),
            account: account, policy: policy,
            policyName: view.entry?.first(PolicySurvey.subentry),
            hasRoleGroups: view.hasRoleGroups, groups: groups(in: view),
            certificates: try CertificateSighting(context, at: now).sights(of: user, and: held),
            unjudged: SignInRule.verdict(
                onUnreadable: held.unreadable, isHidden: held.isHidden))
    }

    private func account(
        in view: DirectoryView, on shared: SharedSession
    ) throws -> SignInRule.Account {
        guard let entry = view.entry else { return .unseen }
        let dialect = view.dialect
        let now = context.clock()
        if case .disabled(let because) = view.account {
            guard dialect.isCountedDisabled(entry) else {
                return .doubtful(
                    because: "is disabled (\(because)), and the attribute by which the "
                        + "server refuses it is not seen")
            }
            return .disabled(because: because)
        }
        var hindrances =
            view.values.flatMap { dialect.limits(of: $0.shown) }?.withoutLockOut
            .hindrances(at: now) ?? []
        let lockOut = try LockOutPolicy(shared).standing(of: entry, at: now)
        if case .holds(let what) = lockOut {
            hindrances.append("is locked out for wrong passwords (\(what))")
        }
        guard hindrances.isEmpty else { return .hindered(hindrances) }
        if case .untold(let what) = lockOut {
            return .doubtful(
                because: "was locked out for wrong passwords (\(what)), and whether "
                    + "that still holds can't be seen")
        }
        guard view.account != nil else {
            return .unreadable(because: "what would close the account can't be read")
        }
        return try open(entry, on: shared.session)
    }

    /// Of an entry that shows nothing that closes it: whether that is absent, as the server itself has it.
    private func open(
        _ entry: Entry, on session: borrowing DirectorySession
    ) throws -> SignInRule.Account {
        let absent = (session.accountAttributes + session.dialect.limitAttributes).filter {
            entry[$0].isEmpty
        }
        guard try session.lacks(absent, entry.dn) else {
            return .unreadable(
                because: "nothing is seen to close the account, and \(session.dialect) does "
                    + "not let the bind DN find out whether that is absent or hidden: "
                    + absent.map(\.spelling).joined(separator: ", "))
        }
        return .open
    }

    /// Whether such an account is refused, by the canary's proof or by a policy that is seen.
    private func policy(
        of entry: Entry?, _ account: SignInRule.Account, _ user: User, _ shared: SharedSession
    ) throws -> SignInRule.Policy {
        guard let entry else { return .unknown(because: "the entry can't be seen") }
        let now = context.clock()
        // A proof is an extra: a file that can't be read proves nothing.
        if let record = try? CanaryFile.record(of: user.directory, beside: context.store.path),
            let time = record.provenAt,
            try account == .open && shared.isUnderPolicy(of: record, entry, at: now)
                || shared.isProven(by: record, entry, at: now)
        {
            return .proven(at: time)
        }
        return shared.refusal(of: entry, at: now)
    }

    private func groups(in view: DirectoryView) -> [SignInReport.Group] {
        var groups = view.groups.filter { !$0.isOutdated }.map { group in
            SignInReport.Group(
                name: group.dn.text, role: group.role,
                because: group.isUnseen
                    ? "by the last sync; the group can't be seen now" : "a role group")
        }
        groups += view.outsideGroups.map {
            SignInReport.Group(
                name: $0.text, role: nil, because: "outside the configured role groups")
        }
        groups += view.computedRoles.map {
            SignInReport.Group(
                name: $0.text, role: nil,
                because: "a role that the server gives by a rule of its own, or a nested one")
        }
        groups += view.remaining.map {
            SignInReport.Group(name: $0.target, role: nil, because: $0.because)
        }
        return groups
    }
}
