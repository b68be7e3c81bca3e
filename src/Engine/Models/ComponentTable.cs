namespace Microsoft.ML;

/// <summary>
/// Every kind of component that a model file may hold, with the function that reads it. Each area adds its own
/// kinds in its own part of this class.
/// </summary>
internal static partial class ComponentTable
{
    private static readonly Dictionary<string, Func<ModelLoadContext, object>> _readers = Build();

    public static Func<ModelLoadContext, object>? Find(string kind) => _readers.GetValueOrDefault(kind);

    private static Dictionary<string, Func<ModelLoadContext, object>> Build()
    {
        var readers = new Dictionary<string, Func<ModelLoadContext, object>>(StringComparer.Ordinal);
        AddTransforms(readers);
        AddText(readers);
        AddTrainers(readers);
        AddImages(readers);
        AddOnnx(readers);
        AddVision(readers);
        return readers;
    }

    static partial void AddTransforms(Dictionary<string, Func<ModelLoadContext, object>> readers);

    static partial void AddText(Dictionary<string, Func<ModelLoadContext, object>> readers);

    static partial void AddTrainers(Dictionary<string, Func<ModelLoadContext, object>> readers);

    static partial void AddImages(Dictionary<string, Func<ModelLoadContext, object>> readers);

    static partial void AddOnnx(Dictionary<string, Func<ModelLoadContext, object>> readers);

    static partial void AddVision(Dictionary<string, Func<ModelLoadContext, object>> readers);
}
