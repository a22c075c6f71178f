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
        let view = try DirectoryReader(directory: directory, shared: shared, store: context.store)
            .view(
                of: user, asking: RefusingPolicy.attributes(dialect), toWithdraw: true, clock: now)
        let account = try account(in: view, on: shared.session)
        let policy = try policy(of: view.entry, account, user, shared)
        return SignInReport(
            user: user, at: now, lock: try context.store.lock(of: user),
            account: account, policy: policy,
            policyName: view.entry?.first(PolicySurvey.subentry),
            hasRoleGroups: view.hasRoleGroups, groups: groups(in: view),
            certificates: try CertificateSighting(context, at: now).sights(of: user))
    }

    private func account(
        in view: DirectoryView, on session: borrowing DirectorySession
    ) throws -> SignInRule.Account {
        guard let entry = view.entry else { return .unseen }
        let dialect = view.dialect
        if case .disabled(let because) = view.account { return .disabled(because: because) }
        let hindrances = view.hindrances(at: context.clock())
        guard hindrances.isEmpty else { return .hindered(hindrances) }
        guard view.account != nil else {
            return .unreadable(because: "what would close the account can't be read")
        }
        let absent = session.accountAttributes.filter { entry[$0].isEmpty }
        guard try session.lacks(absent, entry.dn) || lacksKnown(absent, entry.dn, session) else {
            return .unreadable(
                because: "nothing is seen to close the account, and \(dialect.name.rawValue) does "
                    + "not let the bind DN find out whether that is absent or hidden: "
                    + absent.map(\.spelling).joined(separator: ", "))
        }
        return .open
    }

    /// The same of those alone that the schema has: another can't be in an entry.
    private func lacksKnown(
        _ names: [AttributeName], _ dn: DN, _ session: borrowing DirectorySession
    ) throws -> Bool {
        guard let schema = try DirectorySchema(session) else { return false }
        let known = names.filter { schema.definition(of: $0) != nil }
        return known.count < names.count ? try session.lacks(known, dn) : false
    }

    /// Whether such an account is refused, by the canary's proof or by a policy that is seen.
    private func policy(
        of entry: Entry?, _ account: SignInRule.Account, _ user: User, _ shared: SharedSession
    ) throws -> SignInRule.Policy {
        guard let entry else { return .unknown(because: "the entry can't be seen") }
        let now = context.clock()
        // A proof is an extra: a file that can't be read proves nothing.
        let record = try? CanaryFile.record(of: user.directory, beside: context.store.path)
        if let record, let time = record.provenAt, isClosedAsTheCanary(entry, account, shared) {
            let held = try shared.session.policy(
                of: user.record.entryID, near: StoredDN(entry.dn))
            if record.proves(held, at: now) { return .proven(at: time) }
        }
        return shared.refusal(of: entry, at: now)
    }

    /// Whether a proof carries to the account: it has all that a lock writes, as the canary had.
    ///
    /// Seen on slapd 2.5.13: without pwdLockout a canary is refused for its pwdEndTime, and who has
    /// pwdAccountLockedTime alone is not.
    private func isClosedAsTheCanary(
        _ entry: Entry, _ account: SignInRule.Account, _ shared: SharedSession
    ) -> Bool {
        guard account != .open else { return true }
        return shared.session.dialect.disable(
            entry, at: context.clock(), hasEndTime: shared.session.hasPwdEndTime)?.isEmpty ?? false
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

extension DirectorySession {
    /// Whether the entry is seen to have none of these.
    ///
    /// A filter on what may not be searched for is Undefined, and so is its negation (RFC 4511,
    /// 4.5.1.7): who is not allowed to know does not find the entry so.
    func lacks(_ names: [AttributeName], _ dn: DN) throws(DirectoryFailure) -> Bool {
        guard !names.isEmpty else { return true }
        let absence = Filter.and(names.map { .not(.present($0)) })
        return try entry(at: dn, matching: absence, attributes: [])?.dn == dn
    }
}
