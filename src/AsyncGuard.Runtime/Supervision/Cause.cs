namespace AsyncGuard;

/// <summary>Why a run was cancelled.</summary>
internal enum Cause
{
    None,
    NotReady,
    Hung,
    Restart,
    Stop,
}
