package import Configuration
internal import Crypto
package import Ground
internal import LDAP
internal import LDAPClient
internal import Store

/// Everything that can be found out about one directory without changing anything in it.
package struct DirectoryCheck {
    private let settings: DirectorySettings
    private let defaultRoles: [String]
    private let password: DirectoryPassword
    private let canary: DirectoryPassword
    private let store: String
    private let now: Timestamp
    private let uninterrupted: CanaryProof.Uninterrupted
    private let patience: Double
    private let watch: RequestWatch

    /// A look at the directory that these settings describe.
    ///
    /// `canary` is the canary's password; `store` the path of the store, beside which is kept what gives the
    /// canary back; `patience` seconds for all of it; `uninterrupted` does what no signal may end halfway.
    package init(
        _ settings: DirectorySettings, defaultRoles: [String], password: DirectoryPassword,
        canary: DirectoryPassword, store: String, now: Timestamp, patience: Double = 120,
        watch: RequestWatch = .none,
        uninterrupted: @escaping (() throws -> CheckVerdict) throws -> CheckVerdict
    ) {
        self.settings = settings
        self.defaultRoles = defaultRoles
        self.password = password
        self.canary = canary
        self.store = store
        self.now = now
        self.uninterrupted = uninterrupted
        self.patience = patience
        self.watch = watch
    }

    /// Looks at each server, and through the first that lets us in at what the directory holds.
    package func lines() throws -> [CheckLine] {
        let limit = TimeLimit(seconds: patience)
        var lines: [CheckLine] = []
        var first: SharedSession?
        for url in settings.uris {
            let (found, session) = try look(at: url, limit)
            lines += found
            first = first ?? session
        }
        guard let first else { return lines }
        lines = lines.map {
            line($0.subject, $0.verdict.mitigated(by: "Another server of the list answers."))
        }
        do {
            try look(through: first, &lines)
        } catch let failure as DirectoryFailure {
            let place = failure.kind == .request ? "\(first.session.url): " : ""
            lines.append(line(failure.subject, .failed(place + failure.sentence)))
        }
        if limit.isOver {
            lines.append(
                line(
                    .server,
                    .failed(
                        "\(first.session.url) did not answer everything within "
                            + "\(Int(patience)) s: what stands above is not all, and what it says "
                            + "is not there may be. Look at the server.")))
        }
        return lines
    }

    private func line(_ subject: CheckLine.Subject, _ verdict: CheckVerdict) -> CheckLine {
        CheckLine(subject, of: settings.name, verdict)
    }

    /// One server: the way to it, TLS, the bind.
    private func look(
        at url: LDAPURL, _ limit: TimeLimit
    ) throws -> ([CheckLine], SharedSession?) {
        var lines: [CheckLine] = []
        if let look = ServerCertificateLook(settings, url, now: now) {
            let finding = look.finding(withinSeconds: settings.timeout.connect)
            guard let verdict = TLSCheck.verdict(finding, url) else {
                let what = CheckVerdict.failed(
                    "\(url): \(finding.sentence). Check uri, and that the server runs.")
                return ([line(.server, what)], nil)
            }
            lines.append(line(.tls, verdict))
            if verdict.state == .failed { return (lines, nil) }
        } else {
            lines.append(line(.tls, TLSCheck.verdict(without: settings, url)))
        }
        if case .unavailable = password {
            lines.append(
                line(.bind, .notProven("\(url): not tried, without a password to bind with")))
            return (lines, nil)
        }
        do {
            let session = SharedSession(
                try DirectorySession.open(
                    settings, servers: [url], now: now, limit: limit, watch: watch
                ) {
                    password.secret($0)
                })
            let version = session.session.connection.tlsVersion.map { " over \($0)" } ?? ""
            lines.append(line(.bind, .ok("\(url): bound as \(settings.bind.name)\(version)")))
            return (lines, session)
        } catch let failure as DirectoryFailure {
            return (lines + [line(failure.subject, .failed(failure.sentence))], nil)
        }
    }

    private func look(through shared: SharedSession, _ lines: inout [CheckLine]) throws {
        lines += [
            line(
                .clock, ClockCheck.verdict(ClockCheck.serverTime(shared.session), ours: now)),
            line(.dialect, DialectCheck.verdict(shared.session)),
        ]
        let schema = DirectorySchema(shared.session)
        let users = try UsersSurvey(shared.session)
        lines += UsersCheck.verdicts(
            users, settings.users, written: shared.session.writtenAttributes
        ).map { line(.users, $0) }
        if let note = shared.session.referralObjects {
            lines.append(line(.users, .warning("\(note). Another directory can read it.")))
        }
        if let schema {
            lines += MapCheck.verdicts(settings, schema).map { line(.map, $0) }
            lines += ReasonsCheck.verdicts(
                settings.reasons, schema, users, dialect: shared.session.dialect
            ).map {
                line(.reasons, $0)
            }
        } else {
            lines.append(
                line(
                    .schema,
                    .notProven(
                        "the bind DN can't read the schema: the attributes of map and reasons were "
                            + "not looked at. Let it read the subschema entry.")))
        }
        let roles = try settings.roles.map { try RolesSurvey(shared.session, $0) }
        if let settings = settings.roles, let roles {
            lines += RolesCheck.verdicts(
                roles, settings, dialect: shared.session.dialect, defaultRoles: defaultRoles
            ).map { line(.roles, $0) }
        } else {
            lines.append(line(.roles, RolesCheck.none))
        }
        lines.append(line(.strategy, try StrategyCheck.verdict(shared.session, now: now)))
        lines += try lookAtLock(shared, users, roles, schema)
    }

    /// Whether a lock can be written and read back, and what it is worth.
    private func lookAtLock(
        _ shared: SharedSession, _ users: UsersSurvey, _ roles: RolesSurvey?,
        _ schema: DirectorySchema?
    ) throws -> [CheckLine] {
        let rights = try RightsSurvey(
            shared, users: users, roles: roles, schema: schema, now: now)
        let rules = rights.isDenied ? AccessRules(of: shared.session) : AccessRules([])
        let granted = RightsCheck.verdicts(rights, dialect: shared.session.dialect) {
            rules.obstacle(to: $0, of: $1, for: settings.bind.dn)
        }
        let policy = try PolicySurvey(shared.session, users: users, schema: schema)
        let canary = try canaryVerdict(shared)
        let proven = canary.worth == .proven ? policyOfCanary(shared.session) : nil
        return granted.map { line(.rights, $0) }
            + PolicyCheck.verdicts(policy, proven: proven).map { line(.policy, $0) }
            + [
                line(
                    .lockAttribute,
                    try LockAttributeCheck.verdict(shared.session, users, canary: canary)),
                line(.canary, canary),
            ]
    }

    /// The policy that the canary is held to, as `DirectorySession.policy(of:)` has it.
    private func policyOfCanary(_ session: borrowing DirectorySession) -> String? {
        guard let canary = settings.canary,
            let entry = try? session.read(canary.dn, attributes: [PolicySurvey.subentry])
        else { return nil }
        return try? session.policy(of: entry)
    }

    private func canaryVerdict(_ shared: SharedSession) throws -> CheckVerdict {
        guard let settings = settings.canary else {
            return .notProven(
                "whether a locked account is refused was not tried. Configure a canary, an account "
                    + "of no person.")
        }
        guard case .octets(let octets) = canary else {
            return .notProven("\(settings.dn) was not tried, without its password")
        }
        do {
            return try CanaryProof(
                shared: shared, canary: settings, password: octets, store: store, now: now,
                uninterrupted: uninterrupted
            ).verdict()
        } catch let error as StoreError {
            return .notProven(
                "\(settings.dn) was not tried: what gives it back can't be kept: \(error)")
        }
    }
}

extension BindSettings {
    fileprivate var name: String {
        switch self {
        case .simple(let dn, _, _): dn.text
        case .external: "SASL EXTERNAL"
        case .gssapi: "SASL GSSAPI"
        }
    }

    /// Whom the server's rules may name; nil where SASL says who we are.
    fileprivate var dn: DN? {
        if case .simple(let dn, _, _) = self { dn } else { nil }
    }
}

extension DirectoryFailure {
    fileprivate var subject: CheckLine.Subject {
        switch kind {
        case .unreachable, .request: .server
        case .credentials: .bind
        case .base, .incomplete: .users
        case .dialect: .dialect
        }
    }
}
