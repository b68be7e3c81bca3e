using System.CommandLine;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>--device</c>: what models run on.</summary>
internal static class DeviceOption
{
    /// <summary>The option; left out, the steps decide.</summary>
    public static Option<Device?> Create() => new("--device")
    {
        Description = "What models run on: auto, cpu, cuda[:n], tensorrt[:n], directml[:n] or coreml; default what the pipeline says, else auto",
        CustomParser = result =>
        {
            if (Device.TryParse(result.Tokens[0].Value, out var device, out var fault))
                return device;
            result.AddError(fault);
            return null;
        },
    };
}
