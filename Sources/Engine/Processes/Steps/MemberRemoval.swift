internal import Configuration
internal import Identity
internal import LDAP
internal import Store

/// Takes one member out of one group, whatever spelling and attribute the group has for the member.
struct MemberRemoval {
    private static let tries = 3

    let shared: SharedSession
    /// The memberships that the plan saw; the group itself decides.
    let attribute: AttributeName
    let names: MemberNames
    let group: EntryID
    let absence: AbsenceProof
    let policy: LastMemberPolicy
    /// The user's own entry names the group: a group that can't be found is hidden then, and not gone.
    let isNamed: Bool
    /// Keeps what is taken out, as the group spells it.
    let journal: (PriorValues) throws -> Void

    /// Throws what the directory refused.
    func carryOut(near place: StoredDN) throws -> StepResult {
        var last: DirectoryFailure?
        if attribute == .member, names.dns.count == 1, let dn = place.dn {
            do {
                try send(
                    [Modification(.delete, .member, [AttributeValue(names.dns[0].text)])], to: dn)
                return .done
            } catch let failure as DirectoryFailure {
                guard !isPassing(failure) else { throw failure }
                last = failure
            }
        }
        let refusal = last.flatMap { isLasting($0) ? $0 : nil }
        for _ in 0..<Self.tries {
            do {
                return try removeStored(near: place, refusal: refusal)
            } catch let failure as DirectoryFailure
                where failure.isOfAnotherEntry || failure.isOutdated
            {
                // Renamed, or written by somebody else, since it was read.
                last = failure
            }
        }
        throw last
            ?? DirectoryFailure(
                shared.session.settings.name, .request, .busy,
                "\(place) was written by somebody else again and again")
    }

    /// Reads the values as they are stored and deletes those that name the user.
    ///
    /// `refusal`: the server has said for good that it won't; then nothing is sent any more, and the user
    /// counts as out only where that is seen.
    private func removeStored(near place: StoredDN, refusal: DirectoryFailure?) throws -> StepResult
    {
        let found = try shared.session.find(
            group, near: place,
            attributes: [.objectClass, .entryCSN, .memberURL] + MemberNames.attributes)
        guard let found else {
            if isNamed { return .unseen(place) }
            return try absence.holds(ofGroup: group) ? .done : .unseen(place)
        }
        // A member that the group's own search finds is told as remaining: nobody can take such a member
        // out.
        if found.isDynamicGroup, let dn = names.dns.first, try shared.session.isFound(dn, by: found)
        {
            return .done
        }
        let names = try shared.session.asServed(self.names, in: found)
        let removals = MemberNames.attributes.compactMap { attribute -> Modification? in
            let values = names.values(in: found, attribute)
            return values.isEmpty ? nil : Modification(.delete, attribute, values)
        }
        if removals.isEmpty {
            let isReadable =
                try !(found[.member] + found[.uniqueMember]).isEmpty
                || !shared.session.hidesMembers(of: found)
            if let refusal, !isReadable { throw refusal }
            return isReadable ? .done.at(found.dn.text) : .unseenMembers(found.dn.text)
        }
        if let refusal { throw refusal }
        try journal(
            PriorValues(
                attributes: removals.map {
                    AttributeWrite(attribute: $0.attribute, values: $0.values)
                }))
        do {
            try send(removals, to: found.dn)
        } catch let failure as DirectoryFailure where failure.code == .objectClassViolation {
            return try removeLast(removals, of: names, from: found).at(found.dn.text)
        }
        return .done.at(found.dn.text)
    }

    /// The group's class asks for a member, and the user is the only one.
    private func removeLast(
        _ removals: [Modification], of names: MemberNames, from found: Entry
    ) throws -> StepResult {
        switch policy {
        case .placeholder(let placeholder):
            let additions = removals.filter { $0.attribute != .memberUid }.map {
                Modification(.add, $0.attribute, [AttributeValue(placeholder.text)])
            }
            try send(removals + additions, to: found.dn)
            return .done
        case .deleteGroup:
            return try deleteGroup(found, of: names)
        case .fail:
            return Self.lastMember("the last member can't be taken out (roles.lastMember: fail)")
        }
    }

    /// Only where the server can make sure that nobody has joined meanwhile.
    private func deleteGroup(_ found: Entry, of names: MemberNames) throws -> StepResult {
        let isHersAlone = MemberNames.attributes.allSatisfy { attribute in
            found[attribute].allSatisfy { names.areHers($0, in: attribute) }
        }
        guard isHersAlone, shared.session.canAssert,
            let byID = group.filter(for: shared.session.dialect), let csn = found[.entryCSN].first
        else {
            return Self.lastMember(
                "the group can't be deleted safely: somebody else may be in it")
        }
        try shared.session.connection.delete(
            found.dn,
            asserting: Filter.and([byID, .equal(.entryCSN, csn)])
                .orElsewhere(than: found.dn))
        return .done
    }

    private static func lastMember(_ why: String) -> StepResult {
        StepResult(
            state: .failed,
            error: StepError(code: .objectClassViolation, message: why))
    }

    private func isPassing(_ failure: DirectoryFailure) -> Bool {
        switch shared.session.dialect.outcome(of: failure.code, for: []) {
        case .passing, .notWritableHere: true
        case .done, .alreadyAbsent, .alreadyPresent, .noSuchObject, .objectClassViolation,
            .assertionFailed, .lasting:
            false
        }
    }

    /// The server refuses for good, but perhaps somebody else has taken the user out.
    private func isLasting(_ failure: DirectoryFailure) -> Bool {
        let removal = Modification(.delete, attribute, [])
        return shared.session.dialect.outcome(of: failure.code, for: [removal]) == .lasting
    }

    private func send(_ modifications: [Modification], to dn: DN) throws {
        try shared.session.modify(dn, modifications, id: group)
    }
}
