namespace FeatureTransfer.Inputs;

/// <summary>How a value of a row becomes what a backbone reads: one kind a modality.</summary>
public abstract record Preprocessing
{
    private protected Preprocessing()
    {
    }

    /// <summary>What the values are.</summary>
    public abstract Modality Modality { get; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message names all of them.</exception>
    public abstract void Validate();
}
