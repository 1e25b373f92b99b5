package app.recado.engines.gateway;

import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.PairingOffer;

/** A line as the gateway answers for it. @param offer codes to link it with, in answers about one line alone */
record GatewayLine(LineStatus status, PairingOffer offer) {}
