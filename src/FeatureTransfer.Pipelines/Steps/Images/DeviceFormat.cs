using System.Text.Json.Nodes;
using FeatureTransfer.Devices;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A device by its name.</summary>
internal sealed class DeviceFormat : ValueFormat<Device>
{
    public static DeviceFormat Instance { get; } = new();

    public override string Expected => "one of " + string.Join(", ", Device.Names);

    public override bool TryRead(LocatedNode node, BindingContext context, out Device value)
    {
        value = Device.Auto;
        if (node is not LocatedText text)
            return Mismatch(node, context);
        if (Device.TryParse(text.Value, out var device, out var fault))
        {
            value = device;
            return true;
        }

        context.Fault(node.Place, fault);
        return false;
    }

    public override JsonNode? Write(Device value) => JsonValue.Create(value.ToString());

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^(auto|cpu|coreml|(cuda|tensorrt|directml)(:[0-9]{1,3})?)$", ["examples"] = new JsonArray("cuda:1", "cpu") };
}
