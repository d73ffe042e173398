"""MQTT: subscribes to a broker and maps topics and payloads to tags. `MqttDriver` is the public
name."""

from twinedge.connectors.mqtt.connector import MqttDriver

__all__ = ["MqttDriver"]
