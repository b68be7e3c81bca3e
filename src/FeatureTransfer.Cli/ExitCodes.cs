namespace FeatureTransfer.Cli;

/// <summary>What ft tells its caller. Also in <c>ft --help</c>.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>A run failed, or a check found something missing.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file that was named is wrong: a pipeline, a bundle, a model. Of ft drift also: the data have drifted past the threshold.</summary>
    public const int BadInput = 3;

    /// <summary>Some inputs could not be used; the others were.</summary>
    public const int SomeRejected = 4;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;

    /// <summary>All of them, for the help.</summary>
    public const string Description = "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 a wrong pipeline, bundle or model, or drift past a threshold, 4 some inputs could not be used, 130 cancelled";
}
