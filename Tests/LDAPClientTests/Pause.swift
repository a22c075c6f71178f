import Glibc

/// A moment for another thread.
func usleepBriefly() {
    usleep(2_000)
}
