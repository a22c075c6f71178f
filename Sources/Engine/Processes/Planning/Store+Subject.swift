internal import Configuration
internal import Ground
package import Identity
internal import LDAP
package import Store

extension Store {
    /// A process that the journal holds.
    package func existingProcess(_ id: ProcessID) throws -> IdentityProcess {
        guard let process = try processes.process(id) else {
            throw Refusal(.refused, "there is no process \(id)")
        }
        return process
    }

    /// What the store knows of the user, for a plan; `dn`: where the user's entry is now, if that is
    /// known.
    func subject(
        _ user: User, dn: StoredDN? = nil, _ authorities: Authorities = .none
    ) throws -> PlanSubject {
        let certificates = try CertificateTable(self).certificates(of: user.id)
        let untold = Set(
            try processes.unfinishedSteps(of: user.id).compactMap {
                $0.telling?.certificate.fingerprint
            })
        return PlanSubject(
            username: user.record.username, dn: dn ?? user.record.dn, entryID: user.record.entryID,
            state: user.state, followsDirectory: try followsDirectory(user),
            roles: try roles(of: user.id),
            credentials: try CredentialTable(self).credentials(of: user.id),
            certificates: certificates, ties: try CertificateClaims(self).ties(of: certificates),
            waiting: try WaitingTable(self).waiting(of: user.id),
            vouching: try authorities.vouching(for: certificates, in: self),
            untold: Set(
                certificates.filter { untold.contains($0.content.fingerprint) }.map(\.id)))
    }

    /// The accounts that are the same person's in other directories, and those that only have the same
    /// mail address, which people may write themselves.
    func otherAccounts(
        of user: User, samePerson properties: [PersonProperty]
    ) throws(StoreError) -> [Finding] {
        let same = try samePerson(as: user, by: properties)
        let alike = try samePerson(as: user, by: [.mail])
            .filter { other in !same.contains { $0.id == other.id } }
        return same.map {
            $0.account("the same person in another directory; --everywhere takes it too")
        }
            + alike.map {
                $0.account(
                    "has the same mail address in another directory, which people may have written "
                        + "themselves; --everywhere leaves it alone")
            }
    }

    /// The view from the last sync, for a directory that is down, or whose `dialect` is all that it told.
    func view(
        of user: User, in directory: DirectorySettings, dialect: Dialect?, why: String,
        clock: Timestamp
    ) throws -> DirectoryView {
        let server = try DirectoryTable(self).server(of: user.directory)
        let dialect = dialect ?? directory.dialect ?? server?.dialect ?? .unread
        let kept = directory.roles?.keep ?? []
        let groups = try directGroups(of: user.id).compactMap { held -> RoleGroupView? in
            guard let dn = held.group.dn.dn else { return nil }
            // Which of `member` and `uniqueMember` it is, the group itself will tell.
            let membership =
                held.isByUID
                ? Membership(
                    attribute: .memberUid,
                    value: user.record.formerUids.first ?? user.record.username)
                : Membership(attribute: .member, value: user.record.dn.text)
            return RoleGroupView(
                entryID: held.group.entryID, row: held.row, dn: dn, role: held.group.name,
                memberships: [membership], isKept: kept.contains(dn), isLastMember: false)
        }
        var view = DirectoryView(
            origin: .lastSync(why: why), dialect: dialect,
            disabling: user.emptyEntry.flatMap {
                dialect.disable($0, at: clock, hasEndTime: server?.hasPwdEndTime ?? false)
            } ?? [], account: nil, groups: groups, outsideGroups: [],
            placeholder: directory.placeholder,
            heldThroughKept: try groupsAbove(groups.filter(\.isKept).compactMap(\.row)))
        view.hasRoleGroups = directory.roles != nil
        return view
    }
}

extension User {
    fileprivate func account(_ because: String) -> Finding {
        Finding(kind: .account, target: directory.naming(record.username), because: because)
    }
}
