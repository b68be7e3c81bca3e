using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

// The one place that may.
#pragma warning disable RS0030

namespace FeatureTransfer.Onnx;

/// <summary>ONNX Runtime's native library, which the program brings and libraries do not.</summary>
public static partial class OnnxRuntimeLibrary
{
    // Since 1.29 ONNX Runtime reports its use to its makers, and leaves files in the user's cache folder, unless this is set.
    private const string Telemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> _environment = new(Load);

    /// <summary>ONNX Runtime, loaded on first use, with its telemetry off.</summary>
    /// <exception cref="FeatureTransferException">There is no native library beside the program.</exception>
    public static OrtEnv Environment => _environment.Value;

    /// <summary>The version of the native library, such as 1.31.1.</summary>
    /// <exception cref="FeatureTransferException">There is no native library beside the program.</exception>
    public static string Version => Environment.GetVersionString();

    /// <summary>Begins to load it, so that it is there once whoever will need it has read its files.</summary>
    internal static void LoadAhead() => Ahead.Load(_environment);

    /// <summary>Options for a session that logs errors only.</summary>
    /// <exception cref="FeatureTransferException">There is no native library beside the program.</exception>
    public static SessionOptions NewOptions()
    {
        _ = Environment;
        return new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
    }

    private static OrtEnv Load()
    {
        SwitchTelemetryOff();
        try
        {
            var environment = OrtEnv.Instance();
            environment.DisableTelemetryEvents();
            return environment;
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new FeatureTransferException(
                "ONNX Runtime's native library is not beside the program, or is of an older version. Add it to the app: "
                + "'dotnet add package Microsoft.ML.OnnxRuntime', or on NVIDIA's GPUs 'dotnet add package FeatureTransfer.Gpu'; never both. "
                + $"({(exception.InnerException ?? exception).Message})",
                exception);
        }
    }

    // On Unix .NET keeps its own copy of the environment, which native code does not see.
    private static void SwitchTelemetryOff()
    {
        if (System.Environment.GetEnvironmentVariable(Telemetry) is not null)
            return;
        if (OperatingSystem.IsWindows())
            System.Environment.SetEnvironmentVariable(Telemetry, "1");
        else
            _ = SetVariable(Telemetry, "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
