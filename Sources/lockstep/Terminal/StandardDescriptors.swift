internal import Glibc

/// Descriptors 0, 1 and 2.
enum StandardDescriptors {
    /// Opens /dev/null for reading in the place of those that are closed, so that writing to them fails
    /// as it would have.
    ///
    /// Without it the first socket or file that is opened would become stdout, and results would be
    /// written into it. To be called before anything else is opened.
    static func fill() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            // open(2) takes the lowest free number, which is this one.
            _ = unsafe open("/dev/null", O_RDONLY)
        }
    }
}
