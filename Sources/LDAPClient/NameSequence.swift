internal import LDAP

/// The names of one entry's attributes after another's: the same array for all that show the same.
struct NameSequence {
    private var names: [AttributeName] = []
    private var position = 0

    mutating func begin() {
        position = 0
    }

    mutating func append(_ name: AttributeName) {
        if position < names.count {
            if names[position].spelling == name.spelling {
                position += 1
                return
            }
            names.removeSubrange(position...)
        }
        names.append(name)
        position += 1
    }

    /// What was appended since `begin`.
    mutating func end() -> [AttributeName] {
        if position < names.count { names.removeSubrange(position...) }
        return names
    }
}
