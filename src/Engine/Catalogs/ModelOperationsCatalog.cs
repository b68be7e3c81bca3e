namespace Microsoft.ML;

/// <summary>Saving and loading models, and predicting with them row by row.</summary>
public sealed partial class ModelOperationsCatalog
{
    internal ModelOperationsCatalog(MLContext context)
    {
        Context = context;
    }

    internal MLContext Context { get; }
}
