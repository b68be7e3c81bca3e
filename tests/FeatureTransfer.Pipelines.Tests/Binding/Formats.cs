using FeatureTransfer.Pipelines.Binding;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Tests.Binding;

/// <summary>Reads one value by its format.</summary>
internal static class Formats
{
    /// <summary>The value, or the faults as text.</summary>
    public static object? Read<T>(ValueFormat<T> format, string json, bool checkFiles = false)
    {
        var context = new BindingContext(TestContext.CurrentContext.TestDirectory, checkFiles);
        var read = format.TryRead(LocatedJson.Parse(json, "f.json"), context, out var value);
        Assert.That(read, Is.EqualTo(context.Faults.Count == 0), "a value is refused with a fault, and only then");
        return read ? value : Text(context);
    }

    public static string Text(BindingContext context) => string.Join('\n', context.Faults.Select(fault => $"{fault.Place.Path}: {fault.Message}"));

    /// <summary>The JSON of a value.</summary>
    public static string Json<T>(ValueFormat<T> format, T value) => format.Write(value)?.ToJsonString() ?? "null";
}
