internal import Ground
internal import Identity
internal import LDAP

/// What a parameter of a statement can be.
protocol StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError)
}

extension Int64: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(self, at: index)
    }
}

extension RowID {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(rawValue, at: index)
    }
}

extension MemberKey: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(self, at: index)
    }
}

extension CertificateID: StatementValue {}
extension CredentialID: StatementValue {}
extension DirectoryID: StatementValue {}
extension DirectoryName: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(rawValue, at: index)
    }
}

extension GroupID: StatementValue {}
extension ProcessID: StatementValue {}
extension RunID: StatementValue {}
extension UserID: StatementValue {}

extension Bool: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(self, at: index)
    }
}

extension String: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(self, at: index)
    }
}

extension [UInt8]: StatementValue {
    func bind(to statement: borrowing Statement, at index: Int) throws(StoreError) {
        try statement.bind(self, at: index)
    }
}

extension Statement {
    /// Gives every parameter its value, in order; nil is NULL.
    ///
    /// For convenience; where 100,000 rows go in, the typed `bind` is faster.
    func bind(_ values: (any StatementValue)?...) throws(StoreError) {
        try bind(all: values)
    }

    /// Binds and runs.
    func run(_ values: (any StatementValue)?...) throws(StoreError) {
        try bind(all: values)
        try run()
    }

    /// Whether there is a row.
    ///
    /// The statement is ready for the next time, as after all of these.
    func hasRow() throws(StoreError) -> Bool {
        defer { reset() }
        return try step()
    }

    /// The number in the first row, of which it is the only column; nil where there is none.
    func firstNumber() throws(StoreError) -> Int64? {
        defer { reset() }
        return try step() ? number() : nil
    }

    /// What `read` makes of the first row; nil where there is none.
    func first<T>(
        _ read: (borrowing Statement) throws(StoreError) -> T
    ) throws(StoreError) -> T? {
        defer { reset() }
        return try step() ? try read(self) : nil
    }

    /// What `read` makes of each row.
    func all<T>(
        _ read: (borrowing Statement) throws(StoreError) -> T
    ) throws(StoreError) -> [T] {
        var result: [T] = []
        defer { reset() }
        while try step() { result.append(try read(self)) }
        return result
    }

    /// The number of whatever the column is expected to name.
    func id<ID: RowID>(_ column: StaticString) throws(StoreError) -> ID {
        ID(rawValue: try int(column))
    }

    func optionalID<ID: RowID>(_ column: StaticString) throws(StoreError) -> ID? {
        try optionalInt(column).map(ID.init(rawValue:))
    }

    /// A column of the key that a directory has, or had, in the configuration.
    func directory(_ column: StaticString) throws(StoreError) -> DirectoryName {
        DirectoryName(rawValue: try text(column))
    }

    /// A column of DNs, as servers spelt them.
    func dn(_ column: StaticString) throws(StoreError) -> StoredDN {
        StoredDN(text: try text(column))
    }

    /// A column of seconds.
    func time(_ column: StaticString) throws(StoreError) -> Timestamp {
        Timestamp(seconds: try int(column))
    }

    func optionalTime(_ column: StaticString) throws(StoreError) -> Timestamp? {
        try optionalInt(column).map(Timestamp.init(seconds:))
    }

    private func bind(all values: [(any StatementValue)?]) throws(StoreError) {
        for (index, value) in values.enumerated() {
            if let value {
                try value.bind(to: self, at: index + 1)
            } else {
                try bind(Int64?.none, at: index + 1)
            }
        }
    }
}
