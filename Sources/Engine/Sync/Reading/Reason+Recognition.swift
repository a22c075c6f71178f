internal import Identity
internal import LDAP

extension Reason {
    /// Whether a sync looks for it.
    var isRecognisable: Bool {
        enabled && useCases.contains(.lock) && !recognise.isEmpty
    }

    /// Whether every attribute under `recognise` has one of the values that it names, in any case.
    func isRecognised(in entry: Entry) -> Bool {
        recognise.allSatisfy { rule in
            let present = entry[rule.attribute].compactMap { $0.text?.directoryFolded }
            return rule.values.contains { present.contains($0.directoryFolded) }
        }
    }
}
