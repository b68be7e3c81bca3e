namespace FeatureTransfer.Onnx.Gradients;

/// <summary>What can be wrong with a model that is to be trained.</summary>
internal static class GradientFaults
{
    // Nodes are visited from the loss backwards: whatever lies behind this one has its gradient already.
    public static FeatureTransferException Unsupported(string model, NodeProto node, string why)
    {
        var output = node.Output.First(name => name.Length > 0);
        var name = node.Name.Length > 0 ? node.Name : output;
        return new FeatureTransferException(
            $"{model}: the operator {node.OpType} of node '{name}' cannot be trained through: {why}. "
            + $"Training works from layer '{output}' on: leave the weights before it frozen.");
    }

    public static FeatureTransferException NoSuchTensor(string model, string what, string name, IEnumerable<string> known) => new(
        $"{model}: there is no {what} '{name}'.{NearestName.Hint(name, known)}");

    public static FeatureTransferException NotANumber(string model, string loss) => new(
        $"{model}: the loss '{loss}' is not one floating point number. Expected a tensor with one element; reduce it with ReduceMean or ReduceSum.");

    public static FeatureTransferException NotTrainable(string model, string name) => new(
        $"{model}: '{name}' does not hold floating point numbers, so it cannot learn. Leave it out of the trainable tensors.");

    public static FeatureTransferException NoInfluence(string model, string name, string loss) => new(
        $"{model}: no gradient reaches the trainable '{name}', because the loss '{loss}' does not depend on it smoothly. Leave it out of the trainable tensors.");
}
