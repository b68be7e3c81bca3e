using System.CommandLine;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft models</c>: the backbones that are known, their layers and what each costs.</summary>
internal static class ModelsCommand
{
    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var id = new Argument<string>("id") { Description = "An id of the list, or the path of a card or an ONNX file" };
        var pull = new Command("pull", "Makes a backbone ready, so that later commands need no network.\n\nExample: ft models pull resnet_18.mlnet") { id };
        pull.SetAction((parse, cancellationToken) => PullAsync(shell(parse), parse.GetValue(id)!, cancellationToken));
        var inspect = new Command("inspect", "Lists the layers of a backbone with their shapes and what each costs.\n\nExample: ft models inspect resnet_18.mlnet") { id };
        inspect.SetAction((parse, cancellationToken) => InspectAsync(shell(parse), parse.GetValue(id)!, cancellationToken));
        return new Command("models", "Lists, fetches, describes, adds, verifies, shrinks and adapts backbones") { ModelsListCommand.Create(shell), pull, inspect, ModelsAddCommand.Create(shell), ModelsVerifyCommand.Create(shell), QuantizeCommand.Create(shell), ModelsAdaptCommand.Create(shell) };
    }

    private static async Task<int> PullAsync(Shell shell, string id, CancellationToken cancellationToken)
    {
        var services = FeatureTransferServices.Default;
        var backbone = await services.Backbones.PullAsync(services.Catalog.Get(id), shell.Progress, cancellationToken).ConfigureAwait(false);
        if (shell.Json)
            shell.WriteJson(new { backbone.Card.Id, backbone.OnnxPath, backbone.Sha256 });
        else
            shell.Out.WriteLine($"{backbone.Card.Id} is ready: {backbone.OnnxPath}");
        return ExitCodes.Ok;
    }

    private static async Task<int> InspectAsync(Shell shell, string id, CancellationToken cancellationToken)
    {
        var services = FeatureTransferServices.Default;
        var card = services.Catalog.Get(id);
        var backbone = await services.Backbones.PullAsync(card, shell.Progress, cancellationToken).ConfigureAwait(false);
        var layers = LayerTable.Describe(backbone.LoadModel(), card.Preprocessing.Height, card.Preprocessing.Width);
        if (shell.Json)
        {
            shell.WriteJson(new { card.Id, card.Layers, card.DefaultLayers, Tensors = layers });
            return ExitCodes.Ok;
        }

        var aliases = card.Layers.GroupBy(layer => layer.Value).ToDictionary(group => group.Key, group => string.Join(", ", group.Select(layer => layer.Key)), StringComparer.Ordinal);
        shell.WriteTable(["layer", "alias", "op", "shape", "parameters", "multiply-adds up to here"], [.. layers.Select(layer => Row(layer, aliases))]);
        return ExitCodes.Ok;
    }

    private static IReadOnlyList<string> Row(LayerInfo layer, Dictionary<string, string> aliases) =>
    [
        layer.Name,
        aliases.GetValueOrDefault(layer.Name, ""),
        layer.Op,
        string.Join(" x ", layer.Shape),
        layer.Parameters.ToString("N0", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{layer.CumulativeMultiplyAdds / 1e6:0.0} M"),
    ];
}
