import Ground
import Identity
import LDAP
import Testing

@testable import Store

/// The columns of the contract's state machines as the store carries them out: what a plan says is
/// what is stored, with the reason, the times and the process.
@Suite struct StateMachineStoreTests {
    private static let start = Timestamp(seconds: 1_800_000_000)
    private static let held = Certificate.Held(at: Timestamp(seconds: 1_000), by: nil)
    private static let revocation = Certificate.Revocation(
        reason: .superseded, at: Timestamp(seconds: 2_000), by: nil)
    private static let entryID = EntryID("e1")

    private let folder: ScratchFolder
    private let store: Store

    /// Ada has a credential of each kind in each state, and a certificate in each.
    init() throws {
        folder = try ScratchFolder()
        store = try Store.open(folder.file("test.db"), for: .write(create: true))
        let store = store
        try store.write { transaction in
            let directory = try DirectoryTable(transaction.store)
                .number(of: "hq", former: nil, in: transaction)
            let dn = DN("uid=ada,dc=example,dc=com") ?? .root
            _ = try UserTable(store, directory: directory).insert(
                UserRecord(
                    entryID: Self.entryID, dn: StoredDN(dn), dnKey: MemberKey(dn), username: "ada"),
                state: .active, run: 1, in: transaction)
            for kind in CredentialKind.allCases {
                for state in CredentialState.allCases {
                    _ = try CredentialTable(store).insert(
                        user: 1, kind: kind, serial: state.rawValue, state: state, in: transaction)
                }
            }
            for (number, row) in Self.certificates.enumerated() {
                _ = try CertificateTable(store).insert(
                    user: 1, credential: nil,
                    Certificate.Content(
                        serial: "0\(number)", issuer: "CN=Example CA", subject: "CN=Ada",
                        notBefore: Timestamp(seconds: 0), notAfter: row.notAfter,
                        fingerprint: [UInt8](repeating: UInt8(number), count: 32)),
                    row.standing, in: transaction)
            }
        }
    }

    private static let certificates: [(standing: Certificate.Standing, notAfter: Timestamp)] = [
        (.valid, start.advanced(by: 86_400)), (.onHold(held), start.advanced(by: 86_400)),
        (.revoked(revocation, held: nil), start.advanced(by: 86_400)),
        (.valid, start.advanced(by: -1)), (.onHold(held), start.advanced(by: -1)),
        (.revoked(revocation, held: held), start.advanced(by: -1)),
    ]

    // MARK: Carrying out

    /// Each step of the sequence a minute after the one before.
    private func carryOut(_ sequence: [UseCase]) throws {
        for (minute, useCase) in sequence.enumerated() {
            let now = Self.start.advanced(by: Int64(minute) * 60)
            let user = try #require(try store.user(1))
            let process = try store.begin(
                ProcessDraft(
                    useCase: useCase, user: 1, revision: user.revision, reason: "example",
                    reasonText: "An example",
                    revocation: useCase == .lock ? .affiliationChanged : nil, note: nil, at: now,
                    by: Operator(login: "alice", host: "admin.example", terminal: nil),
                    forced: false, run: nil),
                plan: try plan(useCase, for: user, at: now))
            #expect(process?.rawValue == Int64(minute) + 1)
        }
    }

    private func plan(_ useCase: UseCase, for user: User, at now: Timestamp) throws -> Plan {
        let subject = PlanSubject(
            username: "ada", dn: user.record.dn, entryID: Self.entryID, state: user.state,
            roles: [], credentials: try CredentialTable(store).credentials(of: 1),
            certificates: try CertificateTable(store).certificates(of: 1))
        let view = DirectoryView(
            origin: .lastSync(why: "there is none"), dialect: .openldap, disabling: [],
            account: nil, groups: [], outsideGroups: [], placeholder: nil)
        switch useCase {
        case .lock, .deactivate:
            return WithdrawalPlanner(
                useCase: useCase, subject: subject, revocation: .affiliationChanged, writes: [],
                withoutValue: [], view: view, others: [], clock: now
            ).plan()
        case .reactivate, .unlock, .restoreRoles:
            return RestorationPlanner(
                useCase: useCase, subject: subject, withdrawn: try store.withdrawn(from: user),
                restoresRoles: false, defaultGroups: [], writes: [], withoutValue: [], view: view,
                clock: now
            ).plan()
        }
    }

    // MARK: The columns

    struct Column: Sendable, CustomTestStringConvertible {
        let sequence: [UseCase]
        let user: UserState
        /// What becomes of a credential that was in the state; the others stay as they are.
        let credentials: [CredentialState: CredentialState]

        var testDescription: String { sequence.map(\.word).joined(separator: ", then ") }
    }

    private static let locked: [CredentialState: CredentialState] = [
        .active: .locked, .inactive: .locked, .requested: .aborted,
    ]

    static let columns = [
        Column(sequence: [.lock], user: .locked, credentials: locked),
        Column(sequence: [.lock, .unlock], user: .active, credentials: locked),
        Column(sequence: [.lock, .lock], user: .locked, credentials: locked),
        Column(sequence: [.deactivate], user: .inactive, credentials: [.active: .inactive]),
        Column(sequence: [.deactivate, .reactivate], user: .active, credentials: [:]),
        Column(sequence: [.deactivate, .lock], user: .locked, credentials: locked),
        Column(sequence: [.deactivate, .lock, .unlock], user: .active, credentials: locked),
        Column(sequence: [.lock, .unlock, .deactivate], user: .inactive, credentials: locked),
    ]

    @Test(arguments: columns)
    func `users and credentials end in the state that the table says`(column: Column) throws {
        try carryOut(column.sequence)
        #expect(try store.user(1)?.state == column.user)
        let credentials = try CredentialTable(store).credentials(of: 1)
        #expect(credentials.count == CredentialKind.allCases.count * CredentialState.allCases.count)
        for credential in credentials {
            let before = try #require(CredentialState(rawValue: credential.serial))
            #expect(credential.state == column.credentials[before] ?? before)
            // The relation between user and credential is never deleted.
            #expect(credential.user == 1)
        }
    }

    private static func revoked(
        by process: ProcessID, held: Certificate.Held? = nil
    ) -> Certificate.Standing {
        .revoked(
            Certificate.Revocation(
                reason: .affiliationChanged, at: start.advanced(by: (process.rawValue - 1) * 60),
                by: process), held: held)
    }

    private static let ours = Certificate.Held(at: start, by: 1)

    @Test(
        arguments: [
            ([.lock], revoked(by: 1), revoked(by: 1, held: held)),
            // The first revocation wins.
            ([.lock, .lock], revoked(by: 1), revoked(by: 1, held: held)),
            ([.lock, .unlock], revoked(by: 1), revoked(by: 1, held: held)),
            ([.lock, .unlock, .lock], revoked(by: 1), revoked(by: 1, held: held)),
            ([.deactivate], .onHold(ours), .onHold(held)),
            ([.deactivate, .reactivate], .valid, .onHold(held)),
            // Both times are kept.
            ([.deactivate, .lock], revoked(by: 2, held: ours), revoked(by: 2, held: held)),
            (
                [.deactivate, .lock, .unlock], revoked(by: 2, held: ours),
                revoked(by: 2, held: held)
            ),
        ] as [([UseCase], Certificate.Standing, Certificate.Standing)])
    func `certificates are stored with the reason, the times and the process that the table says`(
        sequence: [UseCase], valid: Certificate.Standing, onHold: Certificate.Standing
    ) throws {
        try carryOut(sequence)
        let standings = try CertificateTable(store).certificates(of: 1).map(\.standing)
        #expect(standings == [valid, onHold] + Self.certificates.dropFirst(2).map(\.standing))
    }
}
