internal import Identity
internal import LDAP
internal import Store

extension AddToGroup: DirectoryAction {
    var attributes: [AttributeName] { membership.isOfEntry ? [membership.attribute] : [] }

    /// Puts the user in under the name that they have now.
    func attempt(_ step: Step, by executor: inout StepExecutor) throws -> StepResult {
        guard case .present(let entry) = try executor.lookUp() else {
            return .unseen(executor.user.record.dn)
        }
        guard !membership.isOfEntry else {
            return try executor.changeRole(by: membership.addition, in: entry)
        }
        let shared = executor.shared
        let classes = try shared.session.find(
            group, near: step.place, attributes: [.objectClass])
        guard let found = classes else { return .unseen(step.place) }
        let addition = membership.now(of: entry, in: found).addition
        do throws(DirectoryFailure) {
            try shared.session.modify(found.dn, [addition], id: group)
        } catch {
            switch shared.session.dialect.outcome(of: error.code, for: [addition]) {
            case .alreadyPresent: return .done.at(found.dn.text)
            case .done, .alreadyAbsent, .noSuchObject, .assertionFailed, .notWritableHere,
                .objectClassViolation, .passing, .lasting:
                throw error
            }
        }
        return .done.at(found.dn.text)
    }

    func look(at step: Step, for readBack: inout ReadBack) throws {
        guard case .present(let entry) = readBack.presence else { return }
        guard !membership.isOfEntry else {
            if !membership.isShown(in: entry) {
                readBack.contradict(step, "read back, the entry does not show the role")
            }
            return
        }
        let shared = readBack.shared
        let isTheirs = membership.filter(of: entry)
        if let found = try shared.session.find(group, near: step.place, attributes: []),
            try shared.session.entry(at: found.dn, matching: isTheirs, attributes: []) == nil
        {
            readBack.contradict(step, "read back, the group does not show the member")
        }
    }

    func write(_ target: DN, of preview: ProcessPreview, to ldif: inout LDIF) {
        let holder = membership.isOfEntry ? preview.holder : target
        if let holder { preview.modify(holder, [membership.addition], in: &ldif) }
    }
}

extension Membership {
    /// The same membership under the name that the entry has now, in an attribute that the group has.
    ///
    /// A plan that was made of the store alone does not know which of `member` and `uniqueMember` it is.
    fileprivate func now(of entry: Entry, in group: Entry) -> Membership {
        if attribute == .memberUid {
            // The value that was taken out, while the entry still has that name; else the name that it
            // has now.
            let uids = entry.namingValues(of: .uid).compactMap(\.text)
            let same = uids.first { $0.directoryFolded == value.directoryFolded }
            return Membership(attribute: attribute, value: same ?? uids.first ?? value)
        }
        let own = group.memberAttributes.filter { $0 != .memberUid }
        return Membership(
            attribute: own.isEmpty || own.contains(attribute) ? attribute : own[0],
            // With the optional bits of `uniqueMember`, while it is the same name.
            value: DN(nameAndOptionalUID: value) == entry.dn ? value : entry.dn.text)
    }

    /// Whether a group has the entry as a member, by whichever attribute of its own.
    ///
    /// `uniqueMember` with its optional bits is not matched by the name without.
    fileprivate func filter(of entry: Entry) -> Filter {
        if attribute == .memberUid { return .equal(attribute, AttributeValue(value)) }
        let name = AttributeValue(entry.dn.text)
        return .or([
            .equal(.member, name), .equal(.uniqueMember, name),
            .equal(.uniqueMember, AttributeValue(value)),
        ])
    }
}
