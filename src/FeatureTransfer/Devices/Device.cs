using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Devices;

/// <summary>The device that models run on: <c>auto</c>, <c>cpu</c>, <c>cuda[:n]</c>, <c>tensorrt[:n]</c>, <c>directml[:n]</c> or <c>coreml</c>.</summary>
[JsonConverter(typeof(DeviceJsonConverter))]
public sealed record Device
{
    private const int MostIndex = 255;

    private static readonly Dictionary<string, DeviceKind> _kinds =
        Enum.GetValues<DeviceKind>().ToDictionary(kind => kind.ToString(), StringComparer.OrdinalIgnoreCase);

    private Device(DeviceKind kind, int index)
    {
        Kind = kind;
        Index = index;
    }

    /// <summary>The first that is there of CUDA, DirectML and CoreML, else the CPU.</summary>
    public static Device Auto { get; } = new(DeviceKind.Auto, 0);

    /// <summary>The processor.</summary>
    public static Device Cpu { get; } = new(DeviceKind.Cpu, 0);

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DeviceKind>().Select(NameOf)];

    /// <summary>The kind of device.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which one of several of the kind. Default 0.</summary>
    public int Index { get; }

    /// <summary>Reads a device's name.</summary>
    /// <param name="text">The name; upper and lower case are the same.</param>
    /// <exception cref="FeatureTransferException">There is no such device; the message names the nearest.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var device, out var fault) ? device : throw new FeatureTransferException(fault);
    }

    /// <summary>Reads a device's name.</summary>
    /// <param name="text">The name; upper and lower case are the same.</param>
    /// <param name="device">The device.</param>
    /// <param name="fault">What is wrong with the name, where it cannot be read.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Device? device, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        device = null;
        var parts = text.Trim().Split(':', 2);
        if (!_kinds.TryGetValue(parts[0], out var kind))
            fault = $"There is no device '{text}'.{NearestName.Hint(parts[0], Names)} Expected one of {string.Join(", ", Names)}; 'cuda:1' is the second GPU.";
        else if (parts.Length == 1)
            (device, fault) = (new Device(kind, 0), null);
        else if (!IsOneOfSeveral(kind))
            fault = $"The device '{text}' has a number, but there is only one '{NameOf(kind)}'. Expected '{NameOf(kind)}'.";
        else if (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= MostIndex)
            (device, fault) = (new Device(kind, index), null);
        else
            fault = $"The device '{text}' has the number '{parts[1]}'. Expected 0 to {MostIndex}, for example '{NameOf(kind)}:0'.";
        return device is not null;
    }

    /// <summary>The name, as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Index == 0 ? NameOf(Kind) : string.Create(CultureInfo.InvariantCulture, $"{NameOf(Kind)}:{Index}");

    internal static Device Of(DeviceKind kind) => new(kind, 0);

    private static bool IsOneOfSeveral(DeviceKind kind) => kind is DeviceKind.Cuda or DeviceKind.TensorRT or DeviceKind.DirectML;

    private static string NameOf(DeviceKind kind) => kind.ToString().ToLowerInvariant();
}
