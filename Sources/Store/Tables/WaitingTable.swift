package import Identity

/// The table `waiting_for_user`: what was born inactive or on hold only because its user was inactive.
package struct WaitingTable {
    private let database: Database

    package init(_ store: Store) {
        database = store.database
    }

    package func waiting(of user: UserID) throws(StoreError) -> PlanSubject.Waiting {
        var waiting = PlanSubject.Waiting()
        waiting.credentials = try ids(
            """
            SELECT c.id FROM credentials c JOIN waiting_for_user w ON w.credential = c.id \
            WHERE c.user = ?
            """, user)
        waiting.certificates = try ids(
            """
            SELECT c.id FROM certificates c JOIN waiting_for_user w ON w.certificate = c.id \
            WHERE c.user = ?
            """, user)
        return waiting
    }

    /// Whether somebody's return is all that a certificate waits for.
    package func isWaiting(_ fingerprint: [UInt8]) throws(StoreError) -> Bool {
        let statement = try database.prepare(
            """
            SELECT 1 FROM certificates c JOIN waiting_for_user w ON w.certificate = c.id
            WHERE c.fingerprint = ?
            """)
        try statement.bind(fingerprint, at: 1)
        return try statement.hasRow()
    }

    private func ids<ID: RowID>(
        _ query: StaticString, _ user: UserID
    ) throws(StoreError) -> Set<ID> {
        let statement = try database.prepare(query)
        try statement.bind(user, at: 1)
        return Set(try statement.all { row throws(StoreError) in try row.id("id") })
    }

    package func add(credential: CredentialID, in transaction: borrowing Transaction)
        throws(StoreError)
    {
        try database.prepare("INSERT OR IGNORE INTO waiting_for_user (credential) VALUES (?)")
            .run(credential)
    }

    package func add(certificate: CertificateID, in transaction: borrowing Transaction)
        throws(StoreError)
    {
        try database.prepare("INSERT OR IGNORE INTO waiting_for_user (certificate) VALUES (?)")
            .run(certificate)
    }

    func remove(credential: CredentialID, in transaction: borrowing Transaction) throws(StoreError)
    {
        try database.prepare("DELETE FROM waiting_for_user WHERE credential = ?").run(credential)
    }

    func remove(certificate: CertificateID, in transaction: borrowing Transaction)
        throws(StoreError)
    {
        try database.prepare("DELETE FROM waiting_for_user WHERE certificate = ?")
            .run(certificate)
    }

    /// All of a user who is taken back.
    func remove(
        certificatesOf user: UserID, in transaction: borrowing Transaction
    ) throws(StoreError) {
        try database.prepare(
            """
            DELETE FROM waiting_for_user \
            WHERE certificate IN (SELECT id FROM certificates WHERE user = ?)
            """
        ).run(user)
    }
}
