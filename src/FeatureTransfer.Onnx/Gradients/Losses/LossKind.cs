namespace FeatureTransfer.Onnx.Gradients;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>The cross-entropy of the softmax: one class of several, or a share in each.</summary>
    SoftmaxCrossEntropy,

    /// <summary>The cross-entropy of the sigmoid of each score: yes or no, several may be true at a time.</summary>
    BinaryCrossEntropy,

    /// <summary>The mean of the squared differences: numbers.</summary>
    MeanSquaredError,

    /// <summary>Softmax cross-entropy in which rows that are right already count little (Lin et al. 2017, "Focal Loss for Dense Object Detection").</summary>
    Focal,
}
