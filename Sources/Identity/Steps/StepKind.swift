/// One kind of thing that a process does, by the name that `--json` and the journal use.
///
/// Each is a constant beside the step that it is the kind of, and in the ``StepCatalogue``.
package struct StepKind: Hashable, Sendable {
    /// Where steps of a kind are done.
    package enum Place: Hashable, Sendable {
        /// In the store, in the transaction that begins the process: to a user, a role, …
        case store(of: String)
        /// In the directory: to the user's own entry.
        case entry
        /// In the directory: to a group.
        case group
        /// In the directory: what the steps there brought about is looked at.
        case readBack
        /// Neither here nor in a directory; the heading under which a preview shows it.
        case elsewhere(String)
    }

    package let rawValue: String
    package let place: Place

    package init(_ name: String, _ place: Place) {
        rawValue = name
        self.place = place
    }

    /// For people: `lockCredential` is `lock credential`.
    package var label: String { Self.label(of: rawValue) }

    /// The same of a kind that is known by its name alone.
    package static func label(of name: String) -> String {
        var label = ""
        for letter in name {
            label += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
        }
        return label
    }

    /// What a step of the store changes: `user`, `role`, `credential`, `certificate`.
    package var object: String? {
        if case .store(let object) = place { object } else { nil }
    }

    /// Whether it is done outside the transaction that begins the process.
    package var isRemote: Bool { object == nil }

    /// Whether it is done in the directory.
    package var isInDirectory: Bool {
        switch place {
        case .entry, .group, .readBack: true
        case .store, .elsewhere: false
        }
    }

    /// Whether its other side is neither the store nor a directory.
    package var isElsewhere: Bool { isRemote && !isInDirectory }

    /// Whether it writes to the user's own entry.
    package var isOfEntry: Bool { place == .entry }
}

extension Sequence<StepKind> {
    /// The headings of those that are done neither here nor in a directory, each once.
    package var headingsElsewhere: [String] {
        var headings: [String] = []
        for kind in self {
            guard case .elsewhere(let heading) = kind.place, !headings.contains(heading) else {
                continue
            }
            headings.append(heading)
        }
        return headings
    }
}
