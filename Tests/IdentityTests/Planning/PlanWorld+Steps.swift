import Ground
import Identity
import LDAP

// What each step makes of the world.
extension PlanWorld {
    mutating func make(_ change: LocalChange, by process: ProcessID) {
        switch change {
        case .user(let change):
            state = change.state
            standing = process
        case .withdrawRole(let group):
            roles = roles.filter { Self.row(of: $0) != group }
        case .credential(let id, let state):
            credentials = credentials.map {
                $0.id != id
                    ? $0
                    : Credential(
                        id: id, user: $0.user, kind: $0.kind, serial: $0.serial, state: state,
                        changedBy: process)
            }
        case .certificate(let id, let state):
            certificates = certificates.map {
                $0.id != id
                    ? $0
                    : Certificate(
                        id: id, user: $0.user, credential: $0.credential, content: $0.content,
                        standing: become(state, $0.standing, by: process))
            }
        }
    }

    private func become(
        _ state: CertificateState, _ before: Certificate.Standing, by process: ProcessID
    ) -> Certificate.Standing {
        switch state {
        case .valid: .valid
        case .onHold: .onHold(Certificate.Held(at: now, by: process))
        case .revoked:
            .revoked(
                Certificate.Revocation(reason: Self.lockReason, at: now, by: process),
                held: before.held)
        case .expired: before
        }
    }

    /// What stood there before; nil where the step writes nothing.
    mutating func take(_ step: any RemoteStep) -> PriorValues? {
        switch step {
        case is DisableEntry:
            return change(
                Self.dialect.disable(entry, at: now, hasEndTime: true) ?? [], of: Self.account)
        case let step as EnableEntry:
            return enable(step.account)
        case let step as WriteReason:
            return change(
                step.writes.map { Modification(.replace, $0.attribute, $0.values) },
                of: step.writes.map(\.attribute).filter { !$0.isPassword })
        case let step as RestoreAttributes:
            switch step.what {
            case .attributes(let restored):
                let untouched = restored.filter { $0.isUntouched(in: entry) }
                return change(untouched.map(\.modification), of: untouched.map(\.attribute))
            case .account(let account): return enable(account)
            }
        case let step as RemoveFromGroup:
            let wasIn = groups.remove(step.group.text) != nil
            return PriorValues(
                attributes: [
                    AttributeWrite(
                        attribute: step.membership.attribute,
                        values: wasIn ? [AttributeValue(step.membership.value)] : [])
                ])
        case let step as AddToGroup:
            groups.insert(step.group.text)
            roles.insert(step.group.text)
            return nil
        default: return nil
        }
    }

    private static let account = ["pwdAccountLockedTime", "pwdEndTime"].map {
        AttributeName(trusted: $0)
    }

    private mutating func enable(_ account: FormerAccount) -> PriorValues {
        let before = account.prior.entry(of: entry.dn)
        let written =
            Self.dialect.disable(before, at: account.disabledAt, hasEndTime: true) ?? []
        let enabling = Self.dialect.enable(entry, prior: before, written: written)
        return change(enabling?.modifications ?? [], of: Self.account)
    }

    private mutating func change(
        _ modifications: [Modification], of names: [AttributeName]
    ) -> PriorValues {
        let before = entry
        let after = before.applying(modifications)
        for attribute in after.attributes {
            let known = attributes.keys.first { AttributeName(trusted: $0) == attribute.name }
            attributes[known ?? attribute.name.spelling] =
                attribute.values.isEmpty ? nil : attribute.values.compactMap(\.text)
        }
        return PriorValues(
            attributes: names.map { AttributeWrite(attribute: $0, values: before[$0]) })
    }
}

extension PlanWorld {
    /// What people would see of it.
    struct Seen: Equatable {
        let state: UserState
        let credentials: [CredentialState]
        let certificates: [Certificate.Standing]
        let attributes: [String: [String]]
        let groups: Set<String>
        let roles: Set<String>
    }

    var seen: Seen {
        Seen(
            state: state, credentials: credentials.map(\.state),
            certificates: certificates.map(\.standing), attributes: attributes, groups: groups,
            roles: roles)
    }

    /// Whether the account is disabled.
    var isDisabled: Bool { view.account?.because != nil }
}

extension Plan {
    /// `removeFromGroup cn=boats,…` of each step, without what is read back.
    var wishes: [String] {
        steps.filter { $0.kind != .verify }.map { "\($0.kind.rawValue) \($0.target)" }
    }
}
