namespace FeatureTransfer.Models;

/// <summary>Writes parts of ours where ML.NET wants a transformer's own file format.</summary>
internal static class ModelParts
{
    /// <summary>Writes the built-in transformers in the part's place.</summary>
    public static void Save(IModelPart part, ModelSaveContext context)
    {
        var form = part.ToBuiltIn();
        var builtIn = form.Around(form.Graph);
        using var sessions = builtIn as IDisposable;
        builtIn.Save(context);
    }
}
