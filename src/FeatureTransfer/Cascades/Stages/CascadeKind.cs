namespace FeatureTransfer.Cascades;

/// <summary>What passes between the stages of a cascade.</summary>
public enum CascadeKind
{
    /// <summary>One encoded image: an array of bytes.</summary>
    Image,

    /// <summary>Encoded images: a list of arrays of bytes.</summary>
    Images,

    /// <summary>A <see cref="CascadeTensor"/> (n, 4): left, top, right and bottom in pixels of the image.</summary>
    Boxes,

    /// <summary>A <see cref="CascadeTensor"/>.</summary>
    Tensor,

    /// <summary>Texts, labels among them: a list of strings.</summary>
    Texts,
}
