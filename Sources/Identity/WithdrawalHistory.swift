internal import Ground
package import LDAP

/// Follows a user's processes, oldest first, to what is withdrawn from the user now.
///
/// A later lock finds what an earlier one wrote: what stood there before the first of them is what an
/// unlock gives back, until a step has given it back.
package struct WithdrawalHistory {
    private struct Attribute {
        var written: [AttributeValue]
        var prior: [AttributeValue]
    }

    private var process: ProcessID?
    private var processes: Set<ProcessID> = []
    private var account: (prior: PriorValues, at: Timestamp)?
    private var order: [AttributeName] = []
    private var attributes: [AttributeName: Attribute] = [:]
    private var groups: [WithdrawnGroup] = []
    /// What the ends of earlier processes left withdrawn, oldest first.
    private var left: [(process: ProcessID, groups: [WithdrawnGroup])] = []

    package init() {}

    /// Takes the next process; `priors` by the ordinal of their step.
    package mutating func follow(_ next: IdentityProcess, priors: [Int: PriorValues]) {
        switch next.useCase {
        // A process that repairs a standing lock takes nothing that it would give back.
        case .lock, .deactivate:
            if process == nil || next.changesUser {
                // A lock of an inactive user ends the deactivation, another deactivation goes on.
                if next.useCase == .lock { processes = [] }
                process = next.id
                processes.insert(next.id)
            }
        case .reactivate, .unlock:
            leaveWhatIsNotGivenBack(by: next)
            process = nil
            processes = []
            keepWhatWasNotGivenBack(by: next)
        case .restoreRoles: break
        }
        for step in next.steps {
            guard case .remote(let work) = step.work else { continue }
            work.follow(step, at: next.at, prior: priors[step.ordinal], in: &self)
        }
    }

    /// What is withdrawn now; `role` names a group's role and row.
    package func withdrawn(role: (EntryID) throws -> (name: String, row: GroupID)?) rethrows
        -> Withdrawn
    {
        Withdrawn(
            process: process, processes: processes, disabledAt: account?.at,
            account: account?.prior,
            attributes: order.compactMap { name in
                attributes[name].map {
                    AttributeRestoration(attribute: name, written: $0.written, prior: $0.prior)
                }
            },
            groups: try groups.map { try $0.withdrawn(role: role) })
    }

    /// What was left withdrawn by the ends of earlier processes, the newest first.
    package func withheld(role: (EntryID) throws -> (name: String, row: GroupID)?) rethrows
        -> [WithheldRoles]
    {
        try left.reversed().filter { !$0.groups.isEmpty }.map { process, groups in
            WithheldRoles(
                process: process, groups: try groups.map { try $0.withdrawn(role: role) })
        }
    }

    /// A group to which the end of a process does not add the user back stays withdrawn, until a later
    /// process gives it back.
    private mutating func leaveWhatIsNotGivenBack(by next: IdentityProcess) {
        guard let process else { return }
        let given = Set(
            next.steps.compactMap { $0.work(as: AddToGroup.self)?.group })
        left.append((process, groups.filter { !given.contains($0.id) }))
    }

    /// A group that was to be given back, and was not by the time that a newer process came, is
    /// still withdrawn; what was not to be given back stays away for good.
    private mutating func keepWhatWasNotGivenBack(by next: IdentityProcess) {
        let owed = next.steps.filter { $0.state != .done }
            .compactMap { $0.work(as: AddToGroup.self)?.group }
        groups.removeAll { !owed.contains($0.id) }
    }

    /// A step that was never attempted has no prior values, and has taken nothing.
    ///
    /// Where the account stood open again, it was this one that disabled it anew.
    mutating func disabled(_ prior: PriorValues?, at time: Timestamp) {
        guard let prior else { return }
        guard let first = account?.prior else {
            account = (prior, time)
            return
        }
        // A repair that found the entry enabled wrote the time anew: an unlock takes back that one.
        if !prior.hasEnded(by: time) { account = (first, time) }
    }

    /// The account is what it was before.
    mutating func enabled() { account = nil }

    mutating func wrote(_ writes: [AttributeWrite], prior: PriorValues?) {
        guard let prior else { return }
        for write in writes {
            // A password was never read, and is never given back.
            guard
                let before = prior.attributes.first(where: { $0.attribute == write.attribute })?
                    .values
            else { continue }
            if let known = attributes[write.attribute], Set(known.written) == Set(before) {
                attributes[write.attribute]?.written = write.values
            } else {
                if attributes[write.attribute] == nil { order.append(write.attribute) }
                attributes[write.attribute] = Attribute(written: write.values, prior: before)
            }
        }
    }

    mutating func gaveBack(_ restored: [AttributeRestoration]) {
        for restoration in restored { attributes[restoration.attribute] = nil }
        order.removeAll { attributes[$0] == nil }
    }

    mutating func removed(
        _ membership: Membership, prior: PriorValues?, _ group: EntryID, _ step: Step
    ) {
        let index =
            groups.firstIndex { $0.id == group }
            ?? {
                groups.append(WithdrawnGroup(id: group, dn: step.place))
                return groups.count - 1
            }()
        groups[index].note(membership, prior: prior, isStripped: step.state == .done)
    }

    mutating func gave(_ membership: Membership, to group: EntryID) {
        for index in left.indices {
            left[index].groups.removeAll { $0.id == group }
        }
        guard let index = groups.firstIndex(where: { $0.id == group }) else { return }
        groups[index].memberships.removeAll { $0.attribute == membership.attribute }
        if groups[index].memberships.isEmpty { groups.remove(at: index) }
    }
}

extension IdentityProcess {
    /// Whether the user's state is another since; not so for the repair of drift.
    fileprivate var changesUser: Bool {
        steps.contains { $0.kind == .lockUser || $0.kind == .deactivateUser }
    }
}

extension PriorValues {
    /// Whether `pwdEndTime` was over: a disabling leaves such a value as it is.
    fileprivate func hasEnded(by time: Timestamp) -> Bool {
        let values = attributes.first { $0.attribute == .pwdEndTime }?.values ?? []
        return values.contains { value in
            value.text.flatMap { Timestamp(generalizedTime: $0) }.map { $0 <= time } ?? false
        }
    }
}
