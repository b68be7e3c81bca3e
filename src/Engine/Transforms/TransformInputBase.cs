namespace Microsoft.ML.Transforms;

/// <summary>Base of options of transforms.</summary>
public abstract class TransformInputBase
{
    private protected TransformInputBase()
    {
    }
}
